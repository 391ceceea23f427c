using System.Text.Json;
using System.Text.Json.Nodes;

namespace CSharpKernel.Comms;

/// <summary>What the other side of a <see cref="Comm"/> sent.</summary>
/// <param name="Data">The data; an empty object when none was sent.</param>
/// <param name="Metadata">Data beside it.</param>
/// <param name="Buffers">Binary data behind it.</param>
public sealed record CommMessage(JsonNode Data, JsonObject Metadata, IReadOnlyList<byte[]> Buffers)
{
    /// <summary>Reads the data as a type of your own; upper and lower case of its names do not matter.</summary>
    /// <typeparam name="T">Any type that System.Text.Json can read.</typeparam>
    /// <exception cref="JsonException">The data has another shape.</exception>
    public T? Read<T>() => Data.Deserialize<T>(JsonSerializerOptions.Web);

    internal static CommMessage Of(CommEnvelope envelope) =>
        new(envelope.Content["data"]?.DeepClone() ?? new JsonObject(), envelope.Metadata, envelope.Buffers);
}
