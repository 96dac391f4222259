namespace L4ReMusl.Sources;

/// <summary>What to do about a failed transfer.</summary>
enum TransferFault
{
    /// <summary>The place does not have the file, or cannot be reached.</summary>
    Unavailable,

    /// <summary>The same request may succeed in a moment.</summary>
    Transient,

    /// <summary>The place has a different file under this name.</summary>
    WrongContent,
}

/// <summary>A file could not be fetched from one place; another may have it.</summary>
/// <param name="reason">The reason, without the place.</param>
/// <param name="fault">What to do about it.</param>
sealed class TransferException(string reason, TransferFault fault = TransferFault.Unavailable) : Exception(reason)
{
    /// <summary>What to do about it.</summary>
    public TransferFault Fault => fault;
}
