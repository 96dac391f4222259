/// <summary>
/// The runtime calls this in a program that is started with <c>DOTNET_STARTUP_HOOKS</c>. It prints the value of a variable.
/// </summary>
static class StartupHook
{
    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        Console.Error.WriteLine($"opt-out of telemetry: {Environment.GetEnvironmentVariable("NUKE_TELEMETRY_OPTOUT")}");
}
