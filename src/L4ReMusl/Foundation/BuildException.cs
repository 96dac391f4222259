namespace L4ReMusl.Foundation;

/// <summary>
/// A failure that the user can act on: the message says in a sentence or a few what is wrong, where, and what would be right.
/// </summary>
/// <remarks>
/// The build engine prints exceptions with <see cref="ToString"/>, which leaves out the stack trace, because it would bury the
/// message. Any other exception is a defect of this project and keeps its stack trace.
/// </remarks>
public class BuildException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}
