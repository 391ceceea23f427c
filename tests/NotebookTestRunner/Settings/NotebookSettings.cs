using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Settings;

/// <summary>
/// What is set for a notebook, beside the options of the run: <c>notebook-test.yml</c> in its folder and in the folders above, up to
/// the root of the repository (or a file that says <c>root: true</c>), and <c>notebook-test</c> in its own metadata. The nearest
/// wins, key by key. A key that nothing reads is refused.
/// </summary>
public sealed class NotebookSettings
{
    /// <summary>The name of the settings' files.</summary>
    public const string FileName = "notebook-test.yml";

    /// <summary>The key of the settings in a notebook's metadata.</summary>
    public const string MetadataKey = "notebook-test";

    private readonly SettingsValue values;

    private NotebookSettings(SettingsValue values, IReadOnlyList<string> files)
    {
        this.values = values;
        Files = files;
        Oracle = OracleSettings.Read(values);
    }

    /// <summary>Nothing set.</summary>
    public static NotebookSettings None { get; } = new(SettingsReader.Parse("", FileName), []);

    /// <summary>The files that were read, the nearest first.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What the comparison of outputs is told.</summary>
    internal OracleSettings Oracle { get; }

    /// <summary>What is set under a key at the top, or null.</summary>
    public SettingsValue? Section(string key) => values.Member(key);

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
        return new NotebookSettings(values, files);
    }
}
