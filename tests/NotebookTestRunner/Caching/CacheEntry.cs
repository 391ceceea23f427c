using System.Text.Json.Serialization;
using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Caching;

/// <summary>The verdict on a notebook that passed, with all by which it is known whether it would pass again.</summary>
/// <param name="Version">The version of the format.</param>
/// <param name="Key">A hash of the notebook's file, what is set for it, how it was run, and by which runner.</param>
/// <param name="PassedAt">When it passed.</param>
/// <param name="Kernel">The kernel it ran on.</param>
/// <param name="Inputs">Files it depends on, by their paths from the cache's folder, each with its state (<see cref="InputState"/>).</param>
/// <param name="Cells">Its code cells, in their order.</param>
/// <param name="Findings">Warnings about the notebook.</param>
internal sealed record CacheEntry(
    int Version, string Key, DateTimeOffset PassedAt, string? Kernel, SortedDictionary<string, string> Inputs, IReadOnlyList<CachedCell> Cells, IReadOnlyList<Finding> Findings)
{
    /// <summary>The version of the format that is read and written.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>A code cell that passed or was skipped.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Message">Why it was skipped.</param>
/// <param name="Findings">Warnings about it.</param>
/// <param name="Notes">How its outputs were compared where that is weaker than equality.</param>
internal sealed record CachedCell(int Number, Verdict Verdict, string? Message, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Notes);

/// <summary>Reads and writes entries.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CacheEntry))]
internal sealed partial class CacheJson : JsonSerializerContext;
