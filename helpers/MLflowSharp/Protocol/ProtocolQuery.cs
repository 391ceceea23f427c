using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Protocol;

/// <summary>Messages as query strings, which is how GET requests carry them: a repeated field repeats its key.</summary>
internal static class ProtocolQuery
{
    /// <summary>The query of a message, with a question mark; empty when no field is set.</summary>
    public static string Write<T>(T message)
        where T : class
    {
        var query = new StringBuilder();
        foreach (var (key, value) in JsonSerializer.SerializeToNode(message, ProtocolJson.TypeOf<T>())!.AsObject())
        {
            foreach (var item in value is JsonArray array ? [.. array] : new[] { value })
                query.Append(query.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(item!.ToString()));
        }

        return query.ToString();
    }

    /// <summary>Reads a message from a query's keys and values, already unescaped; unknown keys are ignored.</summary>
    /// <exception cref="JsonException">A value does not fit its field; the path says which.</exception>
    public static T Read<T>(IEnumerable<KeyValuePair<string, string>> query)
        where T : class, new() => ToJson<T>(query).Deserialize(ProtocolJson.TypeOf<T>()) ?? new T();

    /// <summary>The JSON of a message in a query: texts, lists of texts and truth values.</summary>
    public static JsonObject ToJson<T>(IEnumerable<KeyValuePair<string, string>> query)
        where T : class
    {
        var json = new JsonObject();
        foreach (var (key, value) in query)
        {
            if (!Fields<T>.Types.TryGetValue(key, out var type))
                continue;
            if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
            {
                if (json[key] is not JsonArray list)
                    json[key] = list = [];
                list.Add((JsonNode)value);
            }
            else
            {
                // The JSON reader takes numbers from texts, but not truth values; Python's client writes them with a capital.
                json[key] = type == typeof(bool?) && bool.TryParse(value, out var truth) ? truth : value;
            }
        }

        return json;
    }

    private static class Fields<T>
    {
        public static readonly Dictionary<string, Type> Types = ProtocolJson.TypeOf<T>().Properties.ToDictionary(property => property.Name, property => property.PropertyType);
    }
}
