namespace MLflowSharp;

/// <summary>A model in MLflow's layout, made and checked but not written yet.</summary>
/// <param name="Description">What the file <c>MLmodel</c> says.</param>
/// <param name="Contents">The model's other files by name: the model itself, what Python needs to load it, an input example.</param>
public sealed record ModelFiles(Model Description, IReadOnlyDictionary<string, byte[]> Contents)
{
    /// <summary>Writes the model into a folder, which is created if missing.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="IOException">Something is in the folder, or it cannot be written to.</exception>
    public void Save(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new IOException($"{directory} is not empty; give a new folder for the model, so that nothing is mixed or overwritten.");

        Directory.CreateDirectory(directory);
        foreach (var (name, content) in InOrder())
            File.WriteAllBytes(Path.Combine(directory, name), content);
    }

    /// <summary>All files, the description last: a folder that has it has the whole model.</summary>
    internal IEnumerable<KeyValuePair<string, byte[]>> InOrder() =>
        [.. Contents, new(Model.FileName, System.Text.Encoding.UTF8.GetBytes(Description.ToYaml()))];
}
