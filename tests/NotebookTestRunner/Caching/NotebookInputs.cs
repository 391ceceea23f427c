using System.Text.RegularExpressions;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Caching;

/// <summary>
/// The files that a notebook depends on, as far as they can be known without running it: its companions, its kernel's program, assemblies, scripts and
/// modules that its cells name, and files and folders whose names stand in its code as texts.
/// </summary>
internal static partial class NotebookInputs
{
    // A table in the code is no list of files.
    private const int MostNames = 1000;

    /// <summary>The full paths of files and folders, and patterns of files.</summary>
    /// <param name="path">The notebook's path.</param>
    /// <param name="notebook">The notebook.</param>
    /// <param name="folder">The folder its cells run in.</param>
    /// <param name="kernel">Its kernel.</param>
    public static IReadOnlySet<string> Of(string path, Notebook notebook, string folder, InstalledKernelSpec kernel) =>
        Companions(path).Concat(Program(kernel)).Concat(Named(notebook, folder)).ToHashSet(StringComparer.Ordinal);

    /// <summary>What stands beside the notebook: its contract, what its user does, and the versions of its packages.</summary>
    private static IEnumerable<string> Companions(string path) =>
        [Path.ChangeExtension(path, ".contract.yml"), Path.ChangeExtension(path, ".user"), Path.Combine(Path.GetDirectoryName(path)!, "notebook.lock.json")];

    /// <summary>The kernel's own files: what its command line names, assemblies beside an assembly, and the packages of an environment of Python.</summary>
    private static IEnumerable<string> Program(InstalledKernelSpec kernel)
    {
        yield return Path.Combine(kernel.Directory, "kernel.json");
        foreach (var argument in kernel.Spec.Argv.Skip(1).Prepend(kernel.Executable).Select(argument => argument.Replace(KernelSpec.ResourceDirectory, kernel.Directory, StringComparison.Ordinal)))
        {
            if (!Path.IsPathRooted(argument) || !File.Exists(argument)) continue;
            foreach (var file in WithAssemblies(argument)) yield return file;
        }
        if (!kernel.Spec.Language.Equals("python", StringComparison.OrdinalIgnoreCase) || Path.GetDirectoryName(Path.GetDirectoryName(kernel.Executable)) is not { Length: > 0 } prefix) yield break;
        string[] libraries = [Path.Combine(prefix, "Lib"), .. Folders(Path.Combine(prefix, "lib"), "python3*")];
        foreach (var library in libraries)
        {
            yield return Path.Combine(library, "site-packages", "*.dist-info");
            yield return Path.Combine(library, "dist-packages", "*.dist-info");
        }
    }

    private static IEnumerable<string> Named(Notebook notebook, string folder)
    {
        foreach (var code in notebook.CodeCells.Select(cell => cell.Source))
        {
            foreach (var text in Texts().Matches(code).Concat(Loads().Matches(code)).Select(match => match.Groups["text"].Value).Take(MostNames))
            {
                if (FullPath(text, folder) is not { } file) continue;
                // A folder that holds the one the notebook runs in would be all there is.
                if (File.Exists(file) || (Directory.Exists(file) && !FolderPath.IsAround(file, folder)) || FileName().IsMatch(text))
                {
                    foreach (var input in WithAssemblies(file)) yield return input;
                }
            }
            foreach (var module in Modules().Matches(code).Select(match => Path.Combine(folder, match.Groups["name"].Value)))
            {
                yield return module + ".py";
                yield return Path.Combine(module, "__init__.py");
                if (Directory.Exists(module)) yield return module;
            }
        }
    }

    // An assembly brings those along that lie beside it.
    private static string[] WithAssemblies(string file) =>
        file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [file, Path.Combine(Path.GetDirectoryName(file)!, "*.dll")] : [file];

    private static string[] Folders(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];

    private static string? FullPath(string text, string folder)
    {
        try
        {
            return text.Contains("://", StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal) ? null : Path.GetFullPath(text, folder);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("\"(?<text>[^\"\\r\\n]{1,260})\"|'(?<text>[^'\\r\\n]{1,260})'")]
    private static partial Regex Texts();

    [GeneratedRegex(@"^\s*(?:#!import|%run|%load|#load)\s+""?(?<text>[^\s""]+)", RegexOptions.Multiline)]
    private static partial Regex Loads();

    [GeneratedRegex(@"^\s*(?:import|from)\s+(?<name>[A-Za-z_]\w*)", RegexOptions.Multiline)]
    private static partial Regex Modules();

    // What is not there yet may come.
    [GeneratedRegex(@"^[\w./\\ ~-]*[\w-]\.[A-Za-z]\w{0,7}$")]
    private static partial Regex FileName();
}
