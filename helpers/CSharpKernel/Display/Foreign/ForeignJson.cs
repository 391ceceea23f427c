using System.Collections.Concurrent;

namespace CSharpKernel.Display.Foreign;

/// <summary>Reads the JSON of Newtonsoft.Json without a reference to it.</summary>
internal static class ForeignJson
{
    private const string TokenType = "Newtonsoft.Json.Linq.JToken";
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    /// <summary>Whether values of a type are JSON.</summary>
    public static bool Is(Type type) => Known.GetOrAdd(type, static key =>
    {
        for (var current = key; current is not null; current = current.BaseType)
            if (current.FullName == TokenType)
                return true;
        return false;
    });

    /// <summary>Whether a value is an object or a list of JSON.</summary>
    public static bool HasParts(object value) => Is(value.GetType()) && value.GetType().Name is "JObject" or "JArray";

    /// <summary>The indented JSON of an object or a list.</summary>
    /// <returns>Null when the value is something else.</returns>
    public static string? TryWrite(object value) => HasParts(value) ? value.ToString() : null;
}
