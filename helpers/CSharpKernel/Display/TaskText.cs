using System.Reflection;

namespace CSharpKernel.Display;

/// <summary>Describes work that is awaited, without waiting for it.</summary>
internal static class TaskText
{
    private const string Advice = " (write await before it to wait for its result)";

    /// <summary>Whether values of a type are awaited, other than tasks.</summary>
    public static bool Is(Type type) => type == typeof(ValueTask) || IsMadeOf(type, typeof(ValueTask<>)) || Stream(type) is not null;

    /// <summary>Describes a value that is awaited but no task.</summary>
    /// <returns>Null when the value is something else.</returns>
    public static string? TryWrite(object value)
    {
        var type = value.GetType();
        if (type == typeof(ValueTask) || IsMadeOf(type, typeof(ValueTask<>)))
            return $"{TypeNames.Of(type)}{Advice}";
        return Stream(type) is { } stream ? $"{TypeNames.Of(stream)} (read it with await foreach)" : null;
    }

    /// <summary>Describes a task, with its result when it has one.</summary>
    public static string Write(Task task)
    {
        // An async method's task is of a class of the runtime that derives from the one meant.
        var type = task.GetType();
        while (type.BaseType is { } parent && type != typeof(Task) && !IsMadeOf(type, typeof(Task<>)))
            type = parent;
        var hasResult = type.IsGenericType && type.GetGenericArguments()[0].Name != "VoidTaskResult";
        var name = hasResult ? TypeNames.Of(type) : "Task";
        if (!task.IsCompleted)
            return $"{name}: {task.Status}{Advice}";
        if (task.IsFaulted)
            return $"{name}: {task.Status}, {ExceptionText.Write(task.Exception.InnerException ?? task.Exception)}";
        if (!hasResult || task.IsCanceled)
            return $"{name}: {task.Status}";
        var result = type.GetProperty(nameof(Task<int>.Result), BindingFlags.Public | BindingFlags.Instance)!.GetValue(task);
        return $"{name}: {task.Status}, result {ScalarText.TryWrite(result) ?? TypeNames.Of(result!.GetType())}";
    }

    private static Type? Stream(Type type) =>
        typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? null : type.GetInterfaces().FirstOrDefault(implemented => IsMadeOf(implemented, typeof(IAsyncEnumerable<>)));

    private static bool IsMadeOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
