namespace L4ReMusl.Foundation;

/// <summary>
/// A failure that the user can act on: the message is one or a few sentences that name what is wrong, where, and the remedy.
/// </summary>
/// <remarks>
/// A build engine prints an exception with <see cref="ToString"/>; a stack trace would bury the message, so there is none.
/// Everything that is not a <see cref="BuildException"/> is a defect of this project and keeps its stack trace.
/// </remarks>
public class BuildException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}
