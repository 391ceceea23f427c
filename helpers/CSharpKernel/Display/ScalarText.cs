using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CSharpKernel.Display.Foreign;
using Microsoft.AspNetCore.Html;

namespace CSharpKernel.Display;

/// <summary>Writes values that are one word, number or line, always in the invariant culture.</summary>
internal static class ScalarText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Type[] WithParts = [typeof(IEnumerable), typeof(ITuple), typeof(IHtmlContent)];
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    /// <summary>The text of a single value.</summary>
    /// <returns>Null when the value has parts.</returns>
    public static string? TryWrite(object? value, string nullText = "<null>") => value switch
    {
        null => nullText,
        string text => text,
        bool flag => flag ? "True" : "False",
        char letter => letter.ToString(),
        double or float or Half or decimal or Complex or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero && time.Kind != DateTimeKind.Utc ? "yyyy-MM-dd" : time.Kind == DateTimeKind.Utc ? "u" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Type type => TypeNames.Full(type),
        JsonNode node => node.ToJsonString(Indented),
        JsonElement element => WriteJson(element),
        JsonDocument document => WriteJson(document.RootElement),
        Delegate function => $"{TypeNames.Of(function.GetType())}: {(function.Method.Name.StartsWith('<') ? "lambda" : function.Method.Name)}",
        MethodBase method => Signature(method),
        Task task => TaskText.Write(task),
        Exception exception => ExceptionText.Write(exception),
        ThrownByGetter thrown => thrown.ToString(),
        StringBuilder builder => builder.ToString(),
        Stream stream => StreamText(stream),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => TaskText.TryWrite(value) ?? (IsType(value.GetType()) ? value.ToString() ?? "" : null),
    };

    /// <summary>Whether the value is a single one.</summary>
    public static bool Is(object? value) => value is null || IsType(value.GetType());

    /// <summary>Whether the values of a type are single ones.</summary>
    public static bool IsType(Type type) => type.IsPrimitive || type == typeof(string) || Known.GetOrAdd(type, static key => IsKind(key) || TaskText.Is(key) || IsForeign(key));

    private static bool IsKind(Type type) =>
        type == typeof(StringBuilder) || type == typeof(JsonElement) || type == typeof(JsonDocument) || type == typeof(ThrownByGetter)
        || typeof(IFormattable).IsAssignableFrom(type)
        || typeof(JsonNode).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type)
        || typeof(Task).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(Stream).IsAssignableFrom(type);

    // Values that say in words what they are: versions, addresses, patterns, XML, JSON of other libraries.
    private static bool IsForeign(Type type) => ForeignJson.Is(type)
        || (ObjectShape.Of(type) is { HasOwnText: true, Members.Count: 0 }
            && !Array.Exists(WithParts, part => part.IsAssignableFrom(type)) && !Entries.IsPair(type) && !Sequences.IsMemory(type)
            && !Tables.IsTableType(type) && !DataTables.IsSet(type) && SelfDescribing.IsPlain(type));

    private static string WriteJson(JsonElement element) => JsonNode.Parse(element.GetRawText())?.ToJsonString(Indented) ?? "null";

    private static string Signature(MethodBase method)
    {
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => $"{TypeNames.Of(parameter.ParameterType)} {parameter.Name}"));
        var owner = method.DeclaringType is { } type ? TypeNames.Of(type) : "";
        return method is MethodInfo function ? $"{TypeNames.Of(function.ReturnType)} {owner}.{method.Name}({parameters})" : $"{owner}({parameters})";
    }

    private static string StreamText(Stream stream)
    {
        var name = TypeNames.Of(stream.GetType());
        // A closed stream or one of a socket cannot tell.
        return stream.CanSeek ? string.Create(CultureInfo.InvariantCulture, $"{name} of {stream.Length} bytes, at {stream.Position}")
            : stream is { CanRead: false, CanWrite: false } ? $"{name}, closed" : name;
    }
}
