using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Values;

/// <summary>Reads dictionaries, anonymous objects, lists and JSON nodes as one tree of plain dictionaries, lists, texts, numbers and booleans.</summary>
internal static class ObjectTree
{
    /// <summary>Names and values of a dictionary's entries or of an object's public properties.</summary>
    public static Dictionary<string, object?> Members(object value)
    {
        if (value is string or IFormattable || value.GetType().IsPrimitive)
            throw MlflowException.Invalid($"Expected names with values, such as a dictionary or new {{ epochs = 10 }}. Got '{value}'.");
        if (value is JsonObject json)
            return json.ToDictionary(item => item.Key, item => (object?)item.Value);
        if (value is IDictionary dictionary)
            return Entries(dictionary).ToDictionary(entry => PythonText.Of(entry.Key), entry => entry.Value);
        if (value is IEnumerable<KeyValuePair<string, string>> texts)
            return texts.ToDictionary(item => item.Key, item => (object?)item.Value);
        if (value is IEnumerable<KeyValuePair<string, object?>> items)
            return items.ToDictionary(item => item.Key, item => item.Value);
        return value is IEnumerable
            ? throw MlflowException.Invalid("Expected names with values, such as a dictionary or new { epochs = 10 }. Got a list.")
            : value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .ToDictionary(property => property.Name, property => property.GetValue(value));
    }

    /// <summary>The tree of a value.</summary>
    public static object? Of(object? value) => value switch
    {
        null or string or bool or double => value,
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        JsonValue json => Of(json.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => json.TryGetValue<long>(out var whole) ? (object)whole : json.GetValue<double>(),
            _ => json.ToString(),
        }),
        JsonArray array => array.Select(Of).ToList(),
        char or Enum or IFormattable or Uri => PythonText.Of(value),
        IEnumerable list and not IDictionary and not JsonObject and not IEnumerable<KeyValuePair<string, string>> and not IEnumerable<KeyValuePair<string, object?>> =>
            list.Cast<object?>().Select(Of).ToList(),
        _ => Members(value).ToDictionary(member => member.Key, member => Of(member.Value)),
    };

    // Not Cast<DictionaryEntry>(): a Dictionary<K, V> gives KeyValuePairs to whoever enumerates it as a sequence.
    private static IEnumerable<DictionaryEntry> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return entry;
    }
}
