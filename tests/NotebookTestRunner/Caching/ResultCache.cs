using System.Globalization;
using System.Text.Json;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Caching;

/// <summary>
/// Remembers which notebooks passed, so that those of which nothing has changed since need not be run again. What counts is the notebook's file with its
/// outputs, how it is run and what is set for it, its contract and script of a user, the runner, the kernel's program, packages of a lock or of an
/// environment of Python, and files and folders that its code names. What does not, as it cannot be known: what libraries read by themselves, the
/// network, tracking stores, the state of the machine. Failures are not remembered.
/// </summary>
public sealed class ResultCache
{
    /// <summary>The name of the finding that says that a notebook was not run again.</summary>
    public const string FindingName = "cache";

    private readonly string folder;
    private readonly TimeProvider time;
    private readonly InputState states = new();

    /// <summary>Creates a cache; nothing is read or written yet.</summary>
    /// <param name="folder">Where its files are. To forget everything, delete it.</param>
    /// <param name="time">The clock; by default the system's.</param>
    public ResultCache(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.folder = Path.GetFullPath(folder);
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Looks whether a notebook has passed as it is; null when it is none that is remembered.</summary>
    internal CacheLookup? Look(string path, Notebook notebook, NotebookSettings settings, RunOptions options)
    {
        if (options.Update || options.Selection is not null || options.Host is not null || !notebook.CodeCells.Any()) return null;
        InstalledKernelSpec kernel;
        try
        {
            kernel = KernelSession.Find(options.KernelName ?? notebook.KernelName, options, path);
        }
        catch (NotebookRunException)
        {
            // Told when it is run.
            return null;
        }
        var working = options.WorkingDirectory ?? Path.GetDirectoryName(path)!;
        var hash = states.Of(path);
        var key = InputState.Hash([hash, .. Conditions(settings, options, kernel, working)]);
        var file = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{InputState.Hash(Relative(path), options.KernelName ?? "")[..12]}.json");
        var known = FindInputs().ToDictionary(input => input, states.Of);
        return new(file, hash, key, FindInputs, known, Read(file) is { } entry && entry.Key == key && entry.Cells.Select(cell => cell.Number).SequenceEqual(notebook.CodeCells.Select(cell => cell.Number))
            && IsAsBefore(entry.Inputs, known) ? Hit(path, notebook, entry) : null);

        IReadOnlySet<string> FindInputs() => NotebookInputs.Of(path, notebook, working, kernel);
    }

    /// <summary>Remembers a notebook that passed.</summary>
    /// <returns>The result, with a warning when it could not be remembered.</returns>
    internal async Task<NotebookResult> KeepAsync(CacheLookup lookup, NotebookResult result, CancellationToken cancellationToken)
    {
        if (result.Verdict != Verdict.Passed || result.Message is not null || States(lookup, result.Path) is not { } inputs) return result;
        var entry = new CacheEntry(CacheEntry.CurrentVersion, lookup.Key, time.GetUtcNow(), result.KernelName, inputs,
            [.. result.Cells.Select(cell => new CachedCell(cell.Number, cell.Verdict, cell.Message, cell.Findings, cell.ComparisonNotes))], result.Findings);
        try
        {
            await AtomicFile.WriteAsync(lookup.File, JsonSerializer.Serialize(entry, CacheJson.Default.CacheEntry) + "\n", "cache of verdicts", cancellationToken);
            return result;
        }
        catch (NotebookRunException error)
        {
            return result with { Findings = [.. result.Findings, new(FindingName, null, error.Message, FindingSeverity.Warning)] };
        }
    }

    /// <summary>The states to remember; null when something was changed meanwhile that is not the notebook's doing, or cannot be known.</summary>
    private SortedDictionary<string, string>? States(CacheLookup lookup, string path)
    {
        if (states.Of(path) != lookup.NotebookHash) return null;
        var remembered = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in lookup.States.Keys.Union(lookup.FindInputs()))
        {
            var before = lookup.States.GetValueOrDefault(input, InputState.Missing);
            var now = states.Of(input);
            if (before == InputState.Unknown || now == InputState.Unknown || (now == InputState.Missing && before != now)) return null;
            remembered[Relative(input)] = now == before ? now : InputState.Written;
        }
        return remembered;
    }

    /// <summary>Whether everything remembered is as it was, and nothing has come that was not known.</summary>
    private bool IsAsBefore(SortedDictionary<string, string> remembered, Dictionary<string, string> known) =>
        remembered.All(input => IsAsBefore(Path.GetFullPath(input.Key, folder), input.Value, known))
        && known.All(input => input.Value == InputState.Missing || remembered.ContainsKey(Relative(input.Key)));

    private bool IsAsBefore(string input, string before, Dictionary<string, string> known) =>
        before == InputState.Written ? Path.Exists(input) : (known.TryGetValue(input, out var state) ? state : states.Of(input)) == before;

    private static NotebookResult Hit(string path, Notebook notebook, CacheEntry entry)
    {
        var when = string.Create(CultureInfo.InvariantCulture, $"{entry.PassedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return new()
        {
            Path = path,
            KernelName = entry.Kernel,
            CachedFrom = entry.PassedAt,
            Notebook = notebook,
            Findings = [.. entry.Findings, new(FindingName, null, $"Not run again: it passed on {when}, and nothing it is known to depend on has changed. Without --cache it is run.", FindingSeverity.Warning)],
            Cells = [.. notebook.CodeCells.Zip(entry.Cells, (cell, known) => new CellResult
            {
                Number = cell.Number,
                CellId = cell.Id,
                FirstLine = cell.FirstLine,
                Verdict = known.Verdict,
                Message = known.Message,
                Findings = known.Findings,
                ComparisonNotes = known.Notes,
                Outputs = cell.Outputs,
                StoredOutputs = cell.Outputs,
            })],
        };
    }

    /// <summary>Everything about a run but files that makes a difference for its verdict.</summary>
    private IEnumerable<string> Conditions(NotebookSettings settings, RunOptions options, InstalledKernelSpec kernel, string working)
    {
        foreach (var part in (Type[])[typeof(ResultCache), typeof(InstalledKernelSpec), typeof(MLflowSharp.MlflowClient)]) yield return part.Module.ModuleVersionId.ToString();
        yield return Relative(kernel.Directory);
        yield return Relative(working);
        yield return FormattableString.Invariant(
            $"{options.Mode} {options.Tolerance} {options.Similarity} {options.CellTimeout} {options.NotebookTimeout} {options.OutputLimit} {options.ContinueAfterError} {options.Encryption}");
        foreach (var normalizer in options.Normalizers) yield return normalizer.Name;
        foreach (var check in options.Checks) yield return check.Name;
        foreach (var (name, value) in options.Parameters.Concat(options.EnvironmentVariables).Concat(Inherited()).OrderBy(pair => pair.Key, StringComparer.Ordinal)) yield return $"{name}={value}";
        foreach (var file in settings.Files)
        {
            yield return Relative(file);
            yield return states.Of(file);
        }
    }

    /// <summary>What the kernel inherits and MLflow reads.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Inherited() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")).Where(variable => variable.Key.StartsWith("MLFLOW_", StringComparison.Ordinal));

    private static CacheEntry? Read(string file)
    {
        try
        {
            var entry = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), CacheJson.Default.CacheEntry) : null;
            return entry is { Version: CacheEntry.CurrentVersion, Inputs: not null, Cells: not null, Findings: not null } ? entry : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // A damaged entry costs one run.
            return null;
        }
    }

    // So that a cache that is kept between builds means the same in another checkout.
    private string Relative(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
