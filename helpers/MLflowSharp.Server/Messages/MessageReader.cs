using System.Text;
using System.Text.Json;
using MLflowSharp.Protocol;

namespace MLflowSharp.Server.Messages;

/// <summary>
/// Reads messages as forgivingly as MLflow's server does. A body that is no JSON object counts as an empty one; a JSON text is read once more.
/// Where a value does not fit its field, the message ends there, and what was asked is refused only if Python could not make such a value of it:
/// a start_time of 1.5 is taken for none, one of "abc" is an error (both recorded).
/// </summary>
internal static class MessageReader<T>
    where T : class, new()
{
    public static T FromQuery(IEnumerable<KeyValuePair<string, string>> query, string[] required)
    {
        var pairs = query.ToList();
        try
        {
            return ProtocolQuery.Read<T>(pairs);
        }
        catch (JsonException)
        {
            return Salvage(ProtocolQuery.ToJson<T>(pairs).ToJsonString(), required);
        }
    }

    public static T FromBody(ReadOnlyMemory<byte> body, string[] required)
    {
        JsonText.Check(body.Span);
        try
        {
            var json = body.Span.TrimStart(" \t\r\n"u8);
            // Older clients send their JSON as a JSON text.
            return json.Length > 0 && json[0] == '"'
                ? FromBody(Encoding.UTF8.GetBytes(JsonSerializer.Deserialize(json, ServerContext.Default.String) ?? ""), required)
                : ProtocolJson.Read<T>(json);
        }
        catch (JsonException)
        {
            return Salvage(body, required);
        }
    }

    private static T Salvage(string json, string[] required) => Salvage(Encoding.UTF8.GetBytes(json), required);

    private static T Salvage(ReadOnlyMemory<byte> json, string[] required)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return new T();
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new T();
            var fields = document.RootElement.EnumerateObject().Where(field => MessageFields<T>.Has(field.Name)).ToList();
            Check(fields, required);
            return Start(fields);
        }
    }

    private static void Check(List<JsonProperty> fields, string[] required)
    {
        foreach (var name in required.Concat(fields.Select(field => field.Name)).Distinct())
        {
            var value = fields.LastOrDefault(field => field.Name == name || (name == "run_id" && field.Name == "run_uuid")).Value;
            if (required.Contains(name) && (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0))
                throw MessageFields<T>.Missing(name);
            MessageFields<T>.CheckType(name, value);
        }
    }

    /// <summary>The message of the fields before the first that cannot be read.</summary>
    private static T Start(List<JsonProperty> fields)
    {
        var accepted = new StringBuilder();
        foreach (var field in fields)
        {
            var one = $"{JsonEncodedText.Encode(field.Name)}\":{field.Value.GetRawText()}";
            try
            {
                ProtocolJson.Read<T>(Encoding.UTF8.GetBytes($"{{\"{one}}}"));
            }
            catch (JsonException error)
            {
                // MLflow would go on with the beginning of the list, and lose the rest without a word.
                if (MessageFields<T>.IsList(field.Name))
                    throw new MlflowException($"Invalid value for parameter '{field.Name}' supplied, at {error.Path}: {error.InnerException?.Message ?? "it does not fit"}. Correct it and send all again.", ErrorCode.InvalidParameterValue, error);
                break;
            }

            accepted.Append(accepted.Length == 0 ? '{' : ',').Append('"').Append(one);
        }

        return accepted.Length == 0 ? new T() : ProtocolJson.Read<T>(Encoding.UTF8.GetBytes(accepted.Append('}').ToString()));
    }
}
