/// <summary>
/// What the runtime calls in a program that is started with <c>DOTNET_STARTUP_HOOKS</c>: tells what became of a variable.
/// </summary>
static class StartupHook
{
    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        Console.Error.WriteLine($"opt-out of telemetry: {Environment.GetEnvironmentVariable("NUKE_TELEMETRY_OPTOUT")}");
}
