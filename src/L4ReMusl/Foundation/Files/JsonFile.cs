using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace L4ReMusl.Foundation.Files;

/// <summary>Files in which the build remembers something for later runs, as JSON.</summary>
static class JsonFile
{
    /// <summary>Reads a file that an earlier run may have written.</summary>
    /// <returns>What it has; <see langword="null"/> if there is none or it is damaged, which means the same.</returns>
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
