using System.ComponentModel;
using System.Diagnostics;

namespace L4ReMusl.Foundation.Processes;

/// <summary>The programs that a build is running, so that they end when it does.</summary>
sealed class RunningPrograms
{
    readonly Lock gate = new();
    readonly HashSet<Process> programs = [];

    /// <summary>Whether the programs were stopped.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Notes a program that has just been started.</summary>
    /// <returns>What forgets it again.</returns>
    public IDisposable Add(Process process)
    {
        lock (gate)
        {
            programs.Add(process);
            if (IsStopped)
                Kill(process);
        }

        return new Registration(this, process);
    }

    /// <summary>Kills all programs, and those that are added from now on.</summary>
    public void Stop()
    {
        lock (gate)
        {
            IsStopped = true;
            foreach (var process in programs)
                Kill(process);
        }
    }

    /// <summary>Kills a program and those that it has started.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended in the meantime, or a program in its tree belongs to another user.
        }
    }

    void Remove(Process process)
    {
        lock (gate)
            programs.Remove(process);
    }

    sealed class Registration(RunningPrograms owner, Process process) : IDisposable
    {
        public void Dispose() => owner.Remove(process);
    }
}
