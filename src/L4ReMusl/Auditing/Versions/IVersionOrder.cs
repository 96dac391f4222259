namespace L4ReMusl.Auditing.Versions;

/// <summary>The order of versions in one ecosystem.</summary>
public interface IVersionOrder
{
    /// <summary>Whether a text is a valid version. Only valid versions can be compared.</summary>
    bool IsVersion(string text);

    /// <summary>Compares two versions, as <see cref="IComparer{T}"/> does.</summary>
    int Compare(string left, string right);
}
