using System.Text.Json.Nodes;
using MLflowSharp.Protocol;

namespace MLflowSharp.Tests.Protocol;

/// <summary>A message type of the client, read and written again.</summary>
/// <param name="ReadAndWrite">From a body to a body.</param>
/// <param name="ReadAndWriteQuery">From a query to a query.</param>
internal sealed record Message(Func<byte[], JsonNode> ReadAndWrite, Func<IEnumerable<KeyValuePair<string, string>>, string> ReadAndWriteQuery)
{
    public static Message Of<T>()
        where T : class, new() => new(
            body => JsonNode.Parse(ProtocolJson.Write(ProtocolJson.Read<T>(body)))!,
            query => ProtocolQuery.Write(ProtocolQuery.Read<T>(query)));
}
