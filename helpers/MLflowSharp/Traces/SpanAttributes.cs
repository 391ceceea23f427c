using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Values;

namespace MLflowSharp.Traces;

/// <summary>
/// Attributes as MLflow stores them, each value a JSON text, and what it reads from OpenTelemetry's names for language models
/// (https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/). Names of single frameworks are kept, and not read.
/// </summary>
internal static class SpanAttributes
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["chat"] = "CHAT_MODEL", ["create_agent"] = "AGENT", ["invoke_agent"] = "AGENT", ["embeddings"] = "EMBEDDING", ["execute_tool"] = "TOOL",
        ["generate_content"] = "LLM", ["text_completion"] = "LLM", ["response"] = "LLM",
    };

    /// <summary>
    /// The JSON text of a value. A text that is JSON already, other than a number or a truth value, stays as it is: MLflow's clients send what goes in and out so.
    /// </summary>
    public static string Dump(JsonNode? value) =>
        value is JsonValue && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && Parse(text) is { } parsed
        && parsed.GetValueKind() is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array
            ? text
            : PythonJson.Write(value);

    /// <summary>The value of a JSON text; null also for a text that is none.</summary>
    public static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            // Somebody else's text that only looks like one of ours.
            return null;
        }
    }

    /// <summary>Adds what MLflow calls by a name of its own to what came under OpenTelemetry's.</summary>
    public static void Translate(TraceSpan span)
    {
        var attributes = span.Attributes;
        if (span.Text(TraceKeys.SpanType) is null or "UNKNOWN" && span.Text("gen_ai.operation.name") is { } operation && Types.TryGetValue(operation, out var type))
            attributes[TraceKeys.SpanType] = PythonJson.Write(type);
        Copy(TraceKeys.Inputs, "gen_ai.input.messages", "gen_ai.tool.call.arguments");
        Copy(TraceKeys.Outputs, "gen_ai.output.messages", "gen_ai.tool.call.result");
        if (!attributes.ContainsKey(TraceKeys.ChatUsage) && Usage(attributes) is { Count: > 0 } usage)
            attributes[TraceKeys.ChatUsage] = PythonJson.Write(usage);
        Copy(TraceKeys.ModelName, "gen_ai.response.model", "gen_ai.request.model");
        Copy(TraceKeys.ModelProvider, "gen_ai.provider.name");

        void Copy(string to, params string[] from)
        {
            if (!attributes.ContainsKey(to) && from.FirstOrDefault(attributes.ContainsKey) is { } found)
                attributes[to] = attributes[found];
        }
    }

    private static JsonObject Usage(Dictionary<string, string> attributes)
    {
        var (input, output) = (Whole("gen_ai.usage.input_tokens"), Whole("gen_ai.usage.output_tokens"));
        var usage = new JsonObject();
        if (input is null && output is null)
            return usage;
        Add("input_tokens", input);
        Add("output_tokens", output);
        Add("total_tokens", input + output);
        Add("cache_read_input_tokens", Whole("gen_ai.usage.cache_read.input_tokens"));
        Add("cache_creation_input_tokens", Whole("gen_ai.usage.cache_write.input_tokens") ?? Whole("gen_ai.usage.cache_creation.input_tokens"));
        return usage;

        void Add(string name, long? value)
        {
            if (value is { } known)
                usage[name] = known;
        }

        long? Whole(string key) => attributes.TryGetValue(key, out var json) && long.TryParse(json.Trim('"'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
