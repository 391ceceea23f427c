using System.Text.Json.Serialization;

namespace MLflowSharp.Journal.Files;

/// <summary>What each file of a journal says of itself.</summary>
/// <param name="Format">Version of the format; a file of a later one is left alone.</param>
/// <param name="Client">Which client wrote it.</param>
/// <param name="Owner">Which process writes or wrote it.</param>
/// <param name="Created">When the file was begun.</param>
/// <param name="Store">The store's URI without user, password or token.</param>
internal sealed record JournalHeader(int Format, string Client, HostIdentity Owner, DateTimeOffset Created, string Store)
{
    /// <summary>The version written here.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>JSON of journals' own texts.</summary>
[JsonSerializable(typeof(JournalHeader))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class JournalJson : JsonSerializerContext;
