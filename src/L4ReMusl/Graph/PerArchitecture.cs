using L4ReMusl.Machines;

namespace L4ReMusl.Graph;

/// <summary>One value per architecture, created on first use, by any thread.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="make">Creates a value.</param>
public sealed class PerArchitecture<T>(Func<Architecture, T> make)
{
    readonly Dictionary<Architecture, T> made = [];
    readonly Lock gate = new();

    /// <summary>The value for an architecture.</summary>
    public T this[Architecture architecture]
    {
        get
        {
            lock (gate)
            {
                if (!made.TryGetValue(architecture, out var value))
                    made[architecture] = value = make(architecture);
                return value;
            }
        }
    }
}
