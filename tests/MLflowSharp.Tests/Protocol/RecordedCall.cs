using System.IO.Compression;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Protocol;

/// <summary>One of the 211 calls of <c>Fixtures/Rest</c>: what was sent to a real MLflow 3.17.2, and what it answered.</summary>
public sealed record RecordedCall(int Number, string Note, string Method, string Path, JsonNode? Request, int Status, string ContentType, JsonNode? Response)
{
    private static readonly Lazy<IReadOnlyList<RecordedCall>> Recorded = new(ReadAll);

    public static IReadOnlyList<RecordedCall> All => Recorded.Value;

    /// <summary>The path without its query.</summary>
    public string Route => Path.Split('?')[0].TrimStart('/');

    public string Query => Path.Contains('?') ? Path[(Path.IndexOf('?') + 1)..] : "";

    private static List<RecordedCall> ReadAll()
    {
        using var file = File.OpenRead(System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "Rest", "3.17.2.jsonl.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var calls = new List<RecordedCall>();
        while (reader.ReadLine() is { } line)
        {
            var call = JsonNode.Parse(line)!;
            calls.Add(new(
                calls.Count,
                (string)call["note"]!,
                (string)call["method"]!,
                (string)call["path"]!,
                call["request"],
                (int)call["status"]!,
                (string?)call["content_type"] ?? "",
                call["response"]));
        }

        return calls;
    }
}
