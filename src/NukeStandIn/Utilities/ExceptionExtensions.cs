using System.Reflection;

namespace Nuke.Common.Utilities;

static class ExceptionExtensions
{
    /// <summary>The exception inside those that only say where it was thrown.</summary>
    public static Exception Unwrap(this Exception exception) => exception switch
    {
        TypeInitializationException or TargetInvocationException => exception.InnerException.Unwrap(),
        AggregateException aggregate => aggregate.Flatten(),
        _ => exception,
    };
}
