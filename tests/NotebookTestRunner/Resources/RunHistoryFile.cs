using System.Text.Json.Serialization;

namespace NotebookTestRunner.Resources;

/// <summary>The file of a <see cref="RunHistory"/>.</summary>
/// <param name="Version">The version of its format.</param>
/// <param name="Notebooks">By path relative to the file.</param>
internal sealed record RunHistoryFile(int Version, SortedDictionary<string, NotebookDurations> Notebooks);

/// <summary>The durations of a notebook.</summary>
/// <param name="Seconds">Of the whole, when all of it last passed.</param>
/// <param name="Cells">Of its cells.</param>
internal sealed record NotebookDurations(double? Seconds, SortedDictionary<string, double> Cells);

/// <summary>Reads and writes the file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunHistoryFile))]
internal sealed partial class RunHistoryJson : JsonSerializerContext;
