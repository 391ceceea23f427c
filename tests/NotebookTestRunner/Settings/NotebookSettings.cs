using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Settings;

/// <summary>
/// What is set for a notebook, beside the options of the run: <c>notebook-test.yml</c> in its folder and in the folders above, up to
/// the root of the repository (or a file that says <c>root: true</c>), and <c>notebook-test</c> in its own metadata and those of its
/// cells. The nearest wins, key by key. A key that nothing reads is refused.
/// </summary>
public sealed class NotebookSettings
{
    /// <summary>The name of the settings' files.</summary>
    public const string FileName = "notebook-test.yml";

    /// <summary>The key of the settings in a notebook's metadata.</summary>
    public const string MetadataKey = "notebook-test";

    private readonly SettingsValue values;
    private readonly IReadOnlyDictionary<int, SettingsValue> cells;

    private NotebookSettings(SettingsValue values, IReadOnlyDictionary<int, SettingsValue> cells, IReadOnlyList<string> files)
    {
        this.values = values;
        this.cells = cells;
        Files = files;
        Oracle = OracleSettings.Read(values);
        Locks = values.Member("lock")?.Items().Select(name => name.Text()).ToHashSet() ?? [];
    }

    /// <summary>Nothing set.</summary>
    public static NotebookSettings None { get; } = new(SettingsReader.Parse("", FileName), new Dictionary<int, SettingsValue>(), []);

    /// <summary>The files that were read, the nearest first.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What the comparison of outputs is told.</summary>
    internal OracleSettings Oracle { get; }

    /// <summary>The names of what the notebook must not share with another one while it runs (<c>lock</c>), such as a port.</summary>
    internal IReadOnlySet<string> Locks { get; }

    /// <summary>What is set under a key at the top, or null.</summary>
    public SettingsValue? Section(string key) => values.Member(key);

    /// <summary>What a cell's own metadata sets under a key, or null.</summary>
    /// <param name="cell">The cell's number, counted from 1 over cells of every kind.</param>
    /// <param name="key">The key; <c>budget</c> is all there is: what else a cell sets for itself, it says by marks.</param>
    public SettingsValue? Section(int cell, string key) => cells.TryGetValue(cell, out var own) ? own.Member(key) : null;

    /// <summary>Reads what is set for a notebook.</summary>
    /// <param name="notebookPath">The notebook's path, whose folder is where to begin.</param>
    /// <param name="notebook">The notebook, for its metadata.</param>
    /// <exception cref="NotebookRunException">A file cannot be read or is not YAML, a key is not known, a value is not of its kind.</exception>
    public static NotebookSettings Read(string notebookPath, Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var files = new List<string>();
        var values = notebook.Metadata[MetadataKey] is { } metadata
            ? SettingsReader.FromMetadata(metadata, $"{notebookPath}, metadata \"{MetadataKey}\"")
            : None.values;
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(notebookPath))!); folder is not null; folder = folder.Parent)
        {
            var last = Path.Exists(Path.Combine(folder.FullName, ".git"));
            var misnamed = Path.Combine(folder.FullName, Path.ChangeExtension(FileName, ".yaml"));
            if (File.Exists(misnamed)) throw new NotebookRunException($"Settings are read from {FileName}, and here is {misnamed}: rename it.");
            var file = Path.Combine(folder.FullName, FileName);
            if (File.Exists(file))
            {
                var found = SettingsReader.ReadFile(file);
                values = values.Over(found);
                files.Add(file);
                last |= found.Member("root")?.Flag() ?? false;
            }
            if (last) break;
        }
        var cells = notebook.Cells.Where(cell => cell.Metadata[MetadataKey] is not null)
            .ToDictionary(cell => cell.Number, cell => SettingsReader.FromCell(cell.Metadata[MetadataKey]!, FormattableString.Invariant($"{notebookPath}, cell {cell.Number}, metadata \"{MetadataKey}\"")));
        return new NotebookSettings(values, cells, files);
    }
}
