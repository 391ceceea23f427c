using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Makes tables of JSON.</summary>
public static class JsonExtensions
{
    /// <summary>Makes a table of a list of objects.</summary>
    /// <param name="document">The list.</param>
    public static TabularDataResource ToTabularDataResource(this JsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.RootElement.ToTabularDataResource();
    }

    /// <summary>Makes a table of a list of objects.</summary>
    /// <param name="jsonElement">The list.</param>
    /// <exception cref="ArgumentException">The JSON is no list of objects.</exception>
    public static TabularDataResource ToTabularDataResource(this JsonElement jsonElement)
    {
        if (jsonElement.ValueKind != JsonValueKind.Array || jsonElement.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            throw new ArgumentException("Only a JSON list of objects is a table: [ { \"name\": value, … }, … ].", nameof(jsonElement));
        return jsonElement.EnumerateArray()
            .Select(item => item.EnumerateObject().ToDictionary(property => property.Name, property => Value(property.Value)))
            .ToTabularDataResource();
    }

    private static object? Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble();
            default:
                return element.Clone();
        }
    }
}
