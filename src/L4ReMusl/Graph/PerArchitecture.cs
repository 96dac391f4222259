using L4ReMusl.Machines;

namespace L4ReMusl.Graph;

/// <summary>Something that there is for each architecture, made when it is first asked for.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="make">Makes it.</param>
public sealed class PerArchitecture<T>(Func<Architecture, T> make)
{
    readonly Dictionary<Architecture, T> made = [];

    /// <summary>That of an architecture.</summary>
    public T this[Architecture architecture]
    {
        get
        {
            if (!made.TryGetValue(architecture, out var value))
                made[architecture] = value = make(architecture);
            return value;
        }
    }
}
