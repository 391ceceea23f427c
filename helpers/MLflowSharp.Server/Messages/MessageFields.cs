using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MLflowSharp.Protocol;

namespace MLflowSharp.Server.Messages;

/// <summary>The fields of a message by their names on the wire, and what MLflow's server says when a value is missing or of a wrong type.</summary>
internal static class MessageFields<T>
    where T : class, new()
{
    private const int LongestQuote = 200;

    private static readonly FrozenDictionary<string, JsonPropertyInfo> Fields =
        ProtocolJson.TypeOf<T>().Properties.ToFrozenDictionary(property => property.Name, StringComparer.Ordinal);

    /// <summary>Refuses a message without a field. An empty text counts as missing, and run_uuid stands in for run_id.</summary>
    public static void Require(T message, string field)
    {
        var value = ValueOf(message, field);
        if (field == "run_id" && value is null or "" && Fields.ContainsKey("run_uuid"))
            value = ValueOf(message, "run_uuid");
        if (value is null or "")
            throw Missing(field);
    }

    public static MlflowException Missing(string field) =>
        MlflowException.Invalid($"Missing value for required parameter '{field}'. See the API docs for more information about request parameters.");

    /// <summary>Refuses a value that is not of its field's type.</summary>
    public static void CheckType(string field, JsonElement value)
    {
        if (!Fields.TryGetValue(field, out var property) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || IsLike(property.PropertyType, value))
            return;
        var text = value.GetRawText();
        throw Invalid(field, text.Length <= LongestQuote ? text : text[..LongestQuote] + "…", PythonType(value));
    }

    /// <summary>Refuses a page with more items than MLflow gives.</summary>
    public static void CheckPageSize(long? asked, int most)
    {
        if (asked > most)
            throw Invalid("max_results", asked.Value.ToString(CultureInfo.InvariantCulture), "int", $" At most {most} are given at once: ask for the others with the page token.");
    }

    public static bool Has(string field) => Fields.ContainsKey(field);

    /// <summary>Whether a field is a list of messages. What is wrong inside one refuses the whole request.</summary>
    public static bool IsList(string field) => Fields.TryGetValue(field, out var property) && IsList(property.PropertyType);

    private static object? ValueOf(T message, string field) => Fields[field].Get!(message);

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    /// <summary>Whether MLflow takes a value for one of a type, which it does with all that Python can turn into one.</summary>
    private static bool IsLike(Type type, JsonElement value)
    {
        var kind = value.ValueKind;
        if (type == typeof(string))
            return kind == JsonValueKind.String;
        if (type == typeof(bool?))
            return kind is JsonValueKind.True or JsonValueKind.False;
        if (type == typeof(long?) || type == typeof(int?))
            return kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False || kind == JsonValueKind.String && System.Numerics.BigInteger.TryParse(value.GetString(), out _);
        if (type == typeof(double?))
            return kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False || kind == JsonValueKind.String && double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _);
        if (type.IsAssignableTo(typeof(IEnumerable<string>)))
            return kind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);
        return !IsList(type) || kind == JsonValueKind.Array;
    }

    private static MlflowException Invalid(string field, string value, string type, string help = "") => MlflowException.Invalid(
        $"Invalid value {value} for parameter '{field}' supplied:  Hint: Value was of type '{type}'. See the API docs for more information about request parameters.{help}");

    private static string PythonType(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "float" : "int",
        JsonValueKind.String => "str",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "dict",
        _ => "NoneType",
    };
}
