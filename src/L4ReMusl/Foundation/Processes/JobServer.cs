using System.Runtime.InteropServices;

namespace L4ReMusl.Foundation.Processes;

/// <summary>
/// A limit on how many jobs run at the same time, shared by this build and the programs that it runs: the jobserver of GNU make,
/// a FIFO with one byte (a token) for each job that may run. cargo takes part in it, too.
/// </summary>
/// <param name="jobs">The number of jobs.</param>
/// <param name="path">Where the FIFO is made when it is first needed.</param>
/// <remarks>
/// The protocol: https://www.gnu.org/software/make/manual/html_node/POSIX-Jobserver.html. Programs get the FIFO as an open
/// descriptor, which all versions of make understand; that they open it by name is new in make 4.4.
/// </remarks>
public sealed class JobServer(int jobs, string path) : IDisposable
{
    // The first descriptor that is free in a new process; make's own choice as well.
    const int Descriptor = 3;

    const byte Token = (byte)'+';
    const nuint BytesToRead = 0x541B; // FIONREAD, ioctl_tty(2)

    readonly Lock gate = new();
    FileStream? fifo;
    int holders;

    /// <summary>The variables that tell a program to take part.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        new Dictionary<string, string> { ["MAKEFLAGS"] = $" -j --jobserver-auth={Descriptor},{Descriptor}" };

    /// <summary>The number of jobs.</summary>
    public int Jobs => jobs;

    /// <summary>Waits for a token. Each program that takes part has one for itself, and takes the others from the FIFO.</summary>
    /// <returns>What gives the token back.</returns>
    public IDisposable Take()
    {
        var tokens = Open();
        lock (gate)
        {
            if (holders++ == 0)
                Refill(tokens);
        }

        using var mine = OpenFifo();
        mine.ReadExactly(stackalloc byte[1]);
        return new Turn(this);
    }

    /// <summary>A shell command that opens the FIFO and becomes another program.</summary>
    /// <param name="program">The program and its arguments.</param>
    public IReadOnlyList<string> Wrap(params IReadOnlyList<string> program)
    {
        Open();
        return ["-c", $"exec {Descriptor}<>\"$0\" && exec \"$@\"", path, .. program];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (fifo is null)
                return;
            fifo.Dispose();
            File.Delete(path);
        }
    }

    // A program that was killed did not give its tokens back. While nobody holds one, all of them must be there.
    void Refill(FileStream tokens)
    {
        if (ioctl(tokens.SafeFileHandle, BytesToRead, out var present) != 0)
            throw new BuildException($"The FIFO '{path}' could not be examined: {Marshal.GetLastPInvokeErrorMessage()}.");
        if (present < jobs)
            tokens.Write([.. Enumerable.Repeat(Token, jobs - present)]);
    }

    FileStream Open()
    {
        lock (gate)
        {
            if (fifo is null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (mkfifo(path, (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
                    throw new BuildException($"The FIFO '{path}' could not be made: {Marshal.GetLastPInvokeErrorMessage()}.");
                fifo = OpenFifo();
            }

            return fifo;
        }
    }

    void GiveBack()
    {
        lock (gate)
        {
            holders--;
            if (fifo is { CanWrite: true })
                fifo.WriteByte(Token);
        }
    }

    FileStream OpenFifo() => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    sealed class Turn(JobServer server) : IDisposable
    {
        public void Dispose() => server.GiveBack();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ioctl(SafeHandle file, nuint request, out int value);
}
