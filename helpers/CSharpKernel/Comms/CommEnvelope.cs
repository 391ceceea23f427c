using System.Text.Json.Nodes;

namespace CSharpKernel.Comms;

/// <summary>A message of a comm as it travels, in either direction (https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages).</summary>
/// <param name="Type"><c>comm_open</c>, <c>comm_msg</c> or <c>comm_close</c>.</param>
/// <param name="Content">The comm's id, its target when it opens, and the data.</param>
/// <param name="Metadata">Data beside the content.</param>
/// <param name="Buffers">Binary data behind the content.</param>
internal sealed record CommEnvelope(string Type, JsonObject Content, JsonObject Metadata, IReadOnlyList<byte[]> Buffers)
{
    public const string Open = "comm_open";
    public const string Message = "comm_msg";
    public const string Close = "comm_close";

    /// <summary>The comm it is for; null when the sender left it out.</summary>
    public string? CommId => Content["comm_id"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0 ? id : null;

    /// <summary>The target of a comm that opens; null when the sender left it out.</summary>
    public string? TargetName => Content["target_name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;

    /// <summary>A message without a target.</summary>
    public static CommEnvelope For(string type, string commId, JsonNode? data, JsonObject? metadata = null, IReadOnlyList<byte[]>? buffers = null) =>
        new(type, new JsonObject { ["comm_id"] = commId, ["data"] = data ?? new JsonObject() }, metadata ?? [], buffers ?? []);
}
