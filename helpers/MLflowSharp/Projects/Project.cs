using MLflowSharp.Projects.Files;
using MLflowSharp.Projects.Running;

namespace MLflowSharp.Projects;

/// <summary>
/// A folder that says how it is run, in a file <c>MLproject</c> (https://mlflow.org/docs/latest/ml/projects/). A folder without that file is a
/// project too, whose scripts can be run.
/// </summary>
public sealed class Project
{
    internal Project(string folder, string? name, ProjectEnvironment environment, IReadOnlyList<EntryPoint> entryPoints) =>
        (Folder, Name, Environment, EntryPoints) = (folder, name, environment, entryPoints);

    /// <summary>Full path of the folder, in which commands run.</summary>
    public string Folder { get; }

    /// <summary>The project's name; null when it has none.</summary>
    public string? Name { get; }

    /// <summary>What it is to be run in.</summary>
    public ProjectEnvironment Environment { get; }

    /// <summary>What can be run, in the file's order.</summary>
    public IReadOnlyList<EntryPoint> EntryPoints { get; }

    /// <summary>Reads the project in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when its file is not understood, with line, column and what to do; RESOURCE_DOES_NOT_EXIST when there is no such folder.</exception>
    public static Project Load(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
            throw MlflowException.Missing($"There is no folder '{folder}' to run a project from. Give the folder that holds the file MLproject.");
        var file = Directory.EnumerateFiles(full).Where(path => Path.GetFileName(path).Equals("MLproject", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).FirstOrDefault();
        return file is null ? ProjectFileReader.WithoutFile(full) : ProjectFileReader.Read(File.ReadAllText(file), file);
    }

    /// <summary>Reads the text of an MLproject file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it stands, for messages and for the files that it names; its folder is the project's.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when it is not understood, with line, column and what to do.</exception>
    public static Project Parse(string text, string path) => ProjectFileReader.Read(text, Path.GetFullPath(path));

    /// <summary>
    /// Finds what is to be run: an entry point of the file, or a script by its name (<c>.py</c> with python, <c>.sh</c> with the shell, <c>.R</c>
    /// with Rscript, and <c>.cs</c> with dotnet).
    /// </summary>
    /// <param name="name">The entry point's name, or the script's.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when it is neither.</exception>
    public EntryPoint FindEntryPoint(string name) =>
        EntryPoints.FirstOrDefault(entry => entry.Name == name) ?? ScriptEntryPoint.Find(name)
        ?? throw MlflowException.Missing(
            $"Could not find {name} among entry points [{string.Join(", ", EntryPoints.Select(entry => $"'{entry.Name}'"))}] or interpret {name} as a runnable script. "
            + $"Supported script file extensions: ['.py', '.sh', '.R', '.cs']. Choose one of these with -e.");
}
