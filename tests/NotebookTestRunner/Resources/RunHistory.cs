using System.Text.Json;

namespace NotebookTestRunner.Resources;

/// <summary>
/// How long the cells of notebooks took in their last run: a small JSON file beside the reports. A cell is known by its id where it has one,
/// otherwise by its number and first line. Only cells that passed count.
/// </summary>
public sealed class RunHistory
{
    private const int FormatVersion = 1;

    private readonly SortedDictionary<string, NotebookDurations> notebooks;

    private RunHistory(string path, SortedDictionary<string, NotebookDurations> notebooks)
    {
        Path = path;
        this.notebooks = notebooks;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Reads a history. One that is not there, is damaged or of another version is begun anew.</summary>
    /// <param name="path">The file.</param>
    public static RunHistory Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        try
        {
            var file = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), RunHistoryJson.Default.RunHistoryFile) : null;
            return new(path, file is { Version: FormatVersion, Notebooks: { } known } ? new(known, StringComparer.Ordinal) : new(StringComparer.Ordinal));
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // It only serves comparison: losing it costs one run without.
            return new(path, new(StringComparer.Ordinal));
        }
    }

    /// <summary>The results with the durations of the last run beside their own.</summary>
    public IReadOnlyList<NotebookResult> Compare(IReadOnlyList<NotebookResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. results.Select(result => notebooks.TryGetValue(Key(result), out var last) ? Compare(result, last) : result)];
    }

    /// <summary>Keeps the durations of these results for the next run. Those of other notebooks stay.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public Task SaveAsync(IReadOnlyList<NotebookResult> results, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        var next = new SortedDictionary<string, NotebookDurations>(notebooks, StringComparer.Ordinal);
        foreach (var result in results.Where(result => result.CachedFrom is null && result.Cells.Any(cell => cell.Verdict == Verdict.Passed)))
        {
            var cells = new SortedDictionary<string, double>(next.GetValueOrDefault(Key(result))?.Cells ?? [], StringComparer.Ordinal);
            foreach (var cell in result.Cells.Where(cell => cell.Verdict == Verdict.Passed)) cells[Key(cell)] = Seconds(cell.Duration);
            // Cells that are no longer there are forgotten.
            var there = result.Cells.Select(Key).ToHashSet();
            foreach (var gone in cells.Keys.Where(key => !there.Contains(key)).ToList()) cells.Remove(gone);
            var whole = result.Verdict == Verdict.Passed && result.Cells.All(cell => cell.Verdict == Verdict.Passed);
            next[Key(result)] = new(whole ? Seconds(result.Duration) : next.GetValueOrDefault(Key(result))?.Seconds, cells);
        }
        var file = new RunHistoryFile(FormatVersion, next);
        return AtomicFile.WriteAsync(Path, JsonSerializer.Serialize(file, RunHistoryJson.Default.RunHistoryFile) + "\n", "history of durations", cancellationToken);
    }

    private static NotebookResult Compare(NotebookResult result, NotebookDurations last) => result with
    {
        PreviousDuration = last.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Cells = [.. result.Cells.Select(cell => last.Cells.TryGetValue(Key(cell), out var before) ? cell with { PreviousDuration = TimeSpan.FromSeconds(before) } : cell)],
    };

    private static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 3);

    // Relative, so that a history that is kept between builds means the same in another checkout.
    private string Key(NotebookResult result) => System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(Path)!, result.Path).Replace('\\', '/');

    private static string Key(CellResult cell) => cell.CellId ?? FormattableString.Invariant($"{cell.Number}: {cell.FirstLine}");
}
