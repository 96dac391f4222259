namespace L4ReMusl.Caching;

/// <summary>A file in a cache is not the result that it should be.</summary>
/// <param name="reason">Why: the end of a sentence about the file.</param>
/// <param name="inner">What caused it.</param>
sealed class BadResultException(string reason, Exception? inner = null) : Exception(reason, inner);
