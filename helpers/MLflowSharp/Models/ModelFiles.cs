using System.Text;
using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>A model in MLflow's layout, made and checked but not written yet.</summary>
/// <param name="Description">What the file <c>MLmodel</c> says.</param>
/// <param name="Contents">The model's other files by path: the model itself, what Python needs to load it, an input example.</param>
public sealed record ModelFiles(Model Description, IReadOnlyDictionary<string, byte[]> Contents)
{
    /// <summary>How many rows of the data given as an example stay beside a model.</summary>
    internal const int ExampleRows = 5;

    /// <summary>Puts a model together: its description with size, signature and the range of the data, and the files of its example.</summary>
    /// <param name="name">The model's name, or its folder among the run's artifacts.</param>
    /// <param name="runId">The run that made it; null outside any run.</param>
    /// <param name="flavors">The flavors by name, each with its settings.</param>
    /// <param name="contents">The flavors' files by path.</param>
    /// <param name="signature">What it takes and gives; null when that is not to be said.</param>
    /// <param name="inputExample">Data that it takes, which are kept beside it; null for none.</param>
    /// <param name="ranges">The data that the signature was inferred from, for the range of their values; null for the example.</param>
    /// <param name="timeProvider">Where the time of making is read from; null for the system's clock.</param>
    public static ModelFiles Create(
        string name,
        string? runId,
        JsonObject flavors,
        IEnumerable<KeyValuePair<string, byte[]>> contents,
        ModelSignature? signature = null,
        ModelData? inputExample = null,
        ModelData? ranges = null,
        TimeProvider? timeProvider = null)
    {
        var files = new Dictionary<string, byte[]>(contents, StringComparer.Ordinal);
        if (inputExample is not null)
        {
            files[Model.ExampleFile] = Encoding.UTF8.GetBytes(ModelExample.Write(inputExample));
            files[Model.ServingExampleFile] = Encoding.UTF8.GetBytes(ModelExample.WriteServing(inputExample));
        }

        var known = signature is null || (ranges ?? inputExample) is not { } data ? [] : InputRange.Of(data);
        var description = new Model
        {
            ArtifactPath = name,
            RunId = runId,
            Flavors = flavors,
            Signature = signature,
            InputExampleType = inputExample is null ? null : ModelExample.TypeOf(inputExample),
            Metadata = known.Count == 0 ? null : new() { [InputRange.MetadataKey] = new JsonArray([.. known.Select(range => range.ToJson())]) },
            SizeBytes = files.Values.Sum(file => (long)file.Length),
            TimeCreated = (timeProvider ?? TimeProvider.System).GetUtcNow(),
        };
        return new(description, files);
    }

    /// <summary>Writes the model into a folder, which is created if missing.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="IOException">Something is in the folder, or it cannot be written to.</exception>
    public void Save(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new IOException($"{directory} is not empty; give a new folder for the model, so that nothing is mixed or overwritten.");

        foreach (var (name, content) in InOrder())
        {
            var file = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }

    /// <summary>All files, the description last: a folder that has it has the whole model.</summary>
    internal IEnumerable<KeyValuePair<string, byte[]>> InOrder() =>
        [.. Contents, new(Model.FileName, Encoding.UTF8.GetBytes(Description.ToYaml()))];
}
