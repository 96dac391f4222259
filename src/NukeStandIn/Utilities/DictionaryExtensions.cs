namespace Nuke.Common.Utilities.Collections;

/// <summary>Additions that return the dictionary, for <c>ReportSummary</c>.</summary>
public static class DictionaryExtensions
{
    public static Dictionary<TKey, TValue> AddPair<TKey, TValue>(
        this Dictionary<TKey, TValue> dictionary, TKey key, TValue value = default)
    {
        dictionary.Add(key, value);
        return dictionary;
    }

    public static Dictionary<TKey, string> AddPair<TKey, TValue>(
        this Dictionary<TKey, string> dictionary, TKey key, TValue value = default)
    {
        dictionary.Add(key, value.ToString());
        return dictionary;
    }

    public static Dictionary<TKey, TValue> AddPairWhenKeyNotNull<TKey, TValue>(
        this Dictionary<TKey, TValue> dictionary, TKey key, TValue value = default)
        where TKey : class =>
        key is null ? dictionary : dictionary.AddPair(key, value);

    public static Dictionary<TKey, TValue> AddPairWhenValueNotNull<TKey, TValue>(
        this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        where TValue : class =>
        value is null ? dictionary : dictionary.AddPair(key, value);
}
