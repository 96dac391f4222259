using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace L4ReMusl.Foundation.Files;

/// <summary>JSON files in which the build keeps something for later runs.</summary>
static class JsonFile
{
    /// <summary>Reads a file that an earlier run may have written.</summary>
    /// <returns>Its content; <see langword="null"/> if it does not exist or is damaged.</returns>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
