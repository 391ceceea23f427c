using System.Text.Json.Serialization;

namespace Interop.Stores;

/// <summary>Everything a store holds, in the shape that <c>Python/contents.py</c> prints, so that both sides can be compared as text.</summary>
internal sealed record StoreContents(IReadOnlyList<ExperimentContents> Experiments, IReadOnlyList<RunContents> Runs)
{
    /// <summary>The content as JSON, one value per line: a difference names its place.</summary>
    public override string ToString() => StoreJson.Write(this);
}

internal sealed record ExperimentContents(string ExperimentId, string Name, string ArtifactLocation, string Stage, SortedDictionary<string, string> Tags);

internal sealed record RunContents(
    string RunId,
    string RunName,
    string ExperimentId,
    string Status,
    string Stage,
    long? StartTime,
    long? EndTime,
    string ArtifactUri,
    SortedDictionary<string, string> Params,
    SortedDictionary<string, string> Tags,
    SortedDictionary<string, string> Metrics,
    SortedDictionary<string, IReadOnlyList<PointContents>> History,
    IReadOnlyList<DatasetContents> Datasets,
    SortedDictionary<string, string> Artifacts);

/// <summary>One point of a metric; an array in JSON. The value is Python's <c>repr</c>, which is exact.</summary>
[JsonConverter(typeof(PointContentsConverter))]
internal sealed record PointContents(string Value, long Timestamp, long Step);

internal sealed record DatasetContents(
    string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile, SortedDictionary<string, string> Tags);
