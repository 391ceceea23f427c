using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MLflowSharp.Protocol;

/// <summary>Reads and writes the messages of <see cref="ProtocolContext"/>.</summary>
internal static class ProtocolJson
{
    private static readonly string[] BareLiterals = ["-Infinity", "Infinity", "NaN"];

    public static byte[] Write<T>(T message)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(message, TypeOf<T>());

    /// <summary>
    /// Reads a message. Nothing at all is an empty message, as MLflow's client and server read it. Python writes NaN and infinities bare in some
    /// answers (metrics/get-history-bulk) and MLflow's server reads them bare; so do we.
    /// </summary>
    /// <exception cref="JsonException">It is not such a message; the path says where.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class, new()
    {
        if (json.Trim(" \t\r\n"u8).IsEmpty)
            return new T();
        if (json.IndexOf("null"u8) >= 0)
            RefuseNullInLists(json);
        try
        {
            return JsonSerializer.Deserialize(json, TypeOf<T>()) ?? new T();
        }
        catch (JsonException) when (QuoteBareLiterals(json) is { } quoted)
        {
            return JsonSerializer.Deserialize(quoted, TypeOf<T>()) ?? new T();
        }
    }

    public static JsonTypeInfo<T> TypeOf<T>() => Known<T>.Type;

    /// <summary>A proto list holds no nulls; here they would come up later, as something that cannot happen.</summary>
    private static void RefuseNullInLists(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var lists = new Stack<bool>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                else if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                    lists.Pop();
                else if (reader.TokenType == JsonTokenType.Null && lists.TryPeek(out var inList) && inList)
                    throw new JsonException($"A list holds null at byte {reader.TokenStartIndex}.");
            }
        }
        catch (JsonException) when (QuoteBareLiterals(json) is not null)
        {
            // Bare NaN stops this reader; what follows is Python's own answer, which holds no nulls.
        }
    }

    /// <summary>The same JSON with NaN and infinities in quotes; null when there are no bare ones.</summary>
    private static byte[]? QuoteBareLiterals(ReadOnlySpan<byte> json)
    {
        List<byte>? quoted = null;
        var copied = 0;
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (inText && json[i] == '\\')
                i++;
            else if (json[i] == '"')
                inText = !inText;
            else if (!inText && json[i] is (byte)'N' or (byte)'I' or (byte)'-' && LiteralAt(json[i..]) is { } literal)
            {
                quoted ??= new List<byte>(json.Length + 64);
                quoted.AddRange(json[copied..i]);
                quoted.Add((byte)'"');
                quoted.AddRange(json.Slice(i, literal.Length));
                quoted.Add((byte)'"');
                i += literal.Length - 1;
                copied = i + 1;
            }
        }

        quoted?.AddRange(json[copied..]);
        return quoted?.ToArray();
    }

    // Looked up once: asking the context for each message takes as long as reading a small one.
    private static class Known<T>
    {
        public static readonly JsonTypeInfo<T> Type = (JsonTypeInfo<T>)ProtocolContext.Default.GetTypeInfo(typeof(T))!;
    }

    private static string? LiteralAt(ReadOnlySpan<byte> json)
    {
        foreach (var literal in BareLiterals)
        {
            if (json.Length >= literal.Length && System.Text.Ascii.Equals(json[..literal.Length], literal))
                return literal;
        }

        return null;
    }
}
