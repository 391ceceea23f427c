using System.Globalization;
using System.Text.Json.Serialization;

namespace JupyterProtocol.Messages;

/// <summary>The header of a message (https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header).</summary>
public sealed record MessageHeader
{
    /// <summary>The version of the messaging protocol that we speak.</summary>
    public const string ProtocolVersion = "5.4";

    /// <summary>Unique per message.</summary>
    [JsonPropertyName("msg_id")]
    public required string MessageId { get; init; }

    /// <summary>Unique per client session or kernel process.</summary>
    [JsonPropertyName("session")]
    public string Session { get; init => field = value ?? ""; } = "";

    /// <summary>Who sends.</summary>
    [JsonPropertyName("username")]
    public string Username { get; init => field = value ?? ""; } = "";

    /// <summary>When the message was made, in ISO 8601.</summary>
    [JsonPropertyName("date")]
    public string Date { get; init => field = value ?? ""; } = "";

    /// <summary>What the message is, such as <c>execute_request</c>.</summary>
    [JsonPropertyName("msg_type")]
    public required string MessageType { get; init; }

    /// <summary>The sender's protocol version.</summary>
    [JsonPropertyName("version")]
    public string Version { get; init => field = value ?? ProtocolVersion; } = ProtocolVersion;

    /// <summary>The subshell that the message is for; null for the main shell (https://jupyter.org/enhancement-proposals/91-kernel-subshells/kernel-subshells.html).</summary>
    [JsonPropertyName("subshell_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubshellId { get; init; }

    /// <summary>A header with a fresh id.</summary>
    /// <param name="messageType">Such as <c>execute_request</c>.</param>
    /// <param name="session">The sender's session.</param>
    /// <param name="time">The clock that dates the message.</param>
    public static MessageHeader Create(string messageType, string session, TimeProvider time) => new()
    {
        MessageId = Guid.NewGuid().ToString("N"),
        Session = session,
        Username = "csharp",
        Date = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        MessageType = messageType,
    };
}
