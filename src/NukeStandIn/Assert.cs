using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Assertions. Without a message, the exception names the source text of the argument.</summary>
public static class Assert
{
    public static void Fail(string message, Exception exception = null) => throw new Exception(message, exception);

    public static void True(
        bool condition, string message = null, [CallerArgumentExpression("condition")] string argumentExpression = null) =>
        Check(condition, "Expected condition to be true", message, argumentExpression);

    public static void False(
        bool condition, string message = null, [CallerArgumentExpression("condition")] string argumentExpression = null) =>
        Check(!condition, "Expected condition to be false", message, argumentExpression);

    public static T NotNull<T>(
        this T obj, string message = null, [CallerArgumentExpression("obj")] string argumentExpression = null)
        where T : class
    {
        Check(obj is not null, $"Expected object of type '{typeof(T).FullName}' to be not null", message, argumentExpression);
        return obj;
    }

    public static T? NotNull<T>(
        this T? obj, string message = null, [CallerArgumentExpression("obj")] string argumentExpression = null)
        where T : struct
    {
        Check(obj is not null, $"Expected object of type '{typeof(T).FullName}' to be not null", message, argumentExpression);
        return obj;
    }

    public static string NotNullOrEmpty(
        this string str, string message = null, [CallerArgumentExpression("str")] string argumentExpression = null)
    {
        Check(!string.IsNullOrEmpty(str), "Expected string to be not null or empty", message, argumentExpression);
        return str;
    }

    public static string NotNullOrWhiteSpace(
        this string str, string message = null, [CallerArgumentExpression("str")] string argumentExpression = null)
    {
        Check(!string.IsNullOrWhiteSpace(str), "Expected string to be not null or whitespace", message, argumentExpression);
        return str;
    }

    public static void FileExists(
        string path, string message = null, [CallerArgumentExpression("path")] string argumentExpression = null) =>
        Check(File.Exists(path.NotNull(argumentExpression)), $"Expected file to exist: {path}", message, argumentExpression);

    public static void DirectoryExists(
        string path, string message = null, [CallerArgumentExpression("path")] string argumentExpression = null) =>
        Check(Directory.Exists(path.NotNull(argumentExpression)), $"Expected directory to exist: {path}", message, argumentExpression);

    static void Check(bool holds, string expectation, string message, string argumentExpression)
    {
        if (!holds)
            throw new ArgumentException(message ?? expectation, message is null ? argumentExpression : null);
    }
}
