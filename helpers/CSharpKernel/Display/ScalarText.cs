using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Display;

/// <summary>Writes values that are one word or number, always in the invariant culture.</summary>
internal static class ScalarText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The text of a single value.</summary>
    /// <returns>Null when the value has parts.</returns>
    public static string? TryWrite(object? value) => value switch
    {
        null => "<null>",
        string text => text,
        bool flag => flag ? "True" : "False",
        char letter => letter.ToString(),
        double or float or Half or decimal or Complex or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : time.Kind == DateTimeKind.Utc ? "u" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Type type => type.Namespace is { } space && type.DeclaringType is null ? $"{space}.{TypeNames.Of(type)}" : TypeNames.Of(type),
        JsonNode node => node.ToJsonString(Indented),
        JsonElement element => WriteJson(element),
        JsonDocument document => WriteJson(document.RootElement),
        Delegate function => $"{TypeNames.Of(function.GetType())}: {function.Method.Name}",
        Task task => WriteTask(task),
        Exception exception => $"{TypeNames.Of(exception.GetType())}: {exception.Message}",
        StringBuilder builder => builder.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Whether the value is a single one.</summary>
    public static bool Is(object? value) =>
        value is null or string or IFormattable or bool or char or Type or JsonNode or JsonElement or JsonDocument or Delegate or Task or Exception or StringBuilder;

    private static string WriteJson(JsonElement element) => JsonNode.Parse(element.GetRawText())?.ToJsonString(Indented) ?? "null";

    private static string WriteTask(Task task)
    {
        var text = $"{(task.GetType().IsGenericType ? "Task with a result" : "Task")}: {task.Status}";
        return task.IsCompleted ? text : text + " (write await before it to wait for its result)";
    }
}
