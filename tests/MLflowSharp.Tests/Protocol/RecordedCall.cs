using System.IO.Compression;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Protocol;

/// <summary>One call of <c>Fixtures/Rest</c>: what was sent to a real MLflow 3.17.2, and what it answered.</summary>
public sealed record RecordedCall(int Number, string Note, string Method, string Path, JsonNode? Request, int Status, string ContentType, JsonNode? Response, JsonObject Headers)
{
    private static readonly Lazy<IReadOnlyList<RecordedCall>> Recorded = new(() => Read("3.17.2"));

    public static IReadOnlyList<RecordedCall> All => Recorded.Value;

    /// <summary>The path without its query.</summary>
    public string Route => Path.Split('?')[0].TrimStart('/');

    public string Query => Path.Contains('?') ? Path[(Path.IndexOf('?') + 1)..] : "";

    /// <summary>The calls of one recording.</summary>
    public static IReadOnlyList<RecordedCall> Read(string recording)
    {
        var calls = new List<RecordedCall>();
        foreach (var line in ReadLines(recording))
        {
            var call = JsonNode.Parse(line)!;
            calls.Add(new(
                calls.Count,
                (string?)call["note"] ?? "",
                (string)call["method"]!,
                (string)call["path"]!,
                call["request"],
                (int)call["status"]!,
                (string?)call["content_type"] ?? "",
                call["response"],
                call["request_headers"] as JsonObject ?? []));
        }

        return calls;
    }

    /// <summary>The lines of one recording as they are.</summary>
    public static IEnumerable<string> ReadLines(string recording)
    {
        using var file = File.OpenRead(System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "Rest", $"{recording}.jsonl.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
