namespace L4ReMusl.Auditing.Versions;

/// <summary>How the versions of one kind of package are ordered.</summary>
public interface IVersionOrder
{
    /// <summary>Whether a text is a version of this kind. Only such texts can be compared.</summary>
    bool IsVersion(string text);

    /// <summary>Compares two versions, as <see cref="IComparer{T}"/> does.</summary>
    int Compare(string left, string right);
}
