using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;

namespace L4ReMusl.Foundation.Processes;

/// <summary>The programs at the other end of pipes, whichever program started them.</summary>
/// <remarks>A process whose parent has ended is no longer in the tree of that parent's processes.</remarks>
static class PipeHolders
{
    /// <summary>Kills every program but this one that has one of these pipes open.</summary>
    public static void Kill(IEnumerable<PipeStream> pipes)
    {
        // The link of an open file is "pipe:[NUMBER]", the same at both ends: proc_pid_fd(5).
        var targets = pipes.Select(pipe => LinkTarget($"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}")).ToHashSet();
        foreach (var id in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName))
        {
            if (int.TryParse(id, CultureInfo.InvariantCulture, out var process) && process != Environment.ProcessId
                && OpenFiles(process).Any(file => LinkTarget(file) is { } target && targets.Contains(target)))
            {
                Kill(process);
            }
        }
    }

    static void Kill(int process)
    {
        try
        {
            using var holder = Process.GetProcessById(process);
            holder.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended in the meantime, or is another user's.
        }
    }

    static string[] OpenFiles(int process)
    {
        try
        {
            return Directory.GetFiles($"/proc/{process}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // It has ended in the meantime, or is another user's.
        }
    }

    static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has been closed in the meantime.
        }
    }
}
