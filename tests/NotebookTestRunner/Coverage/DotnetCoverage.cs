using System.Text.RegularExpressions;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Coverage;

/// <summary>
/// Which lines of assemblies run under notebooks. Beside each assembly whose source is on this machine a copy is laid that counts; a kernel that is told to
/// (<see cref="CopyVariable"/>) loads it in the assembly's place. What others load stays as it is. The copies go when this is disposed.
/// </summary>
/// <param name="folder">A folder for what the kernels write; the caller removes it.</param>
public sealed partial class DotnetCoverage(string folder) : IDisposable
{
    /// <summary>
    /// The environment variable that holds what the names of copies end with: a kernel that is about to load <c>A.dll</c> loads the file <c>A.dll</c> + this,
    /// where there is one.
    /// </summary>
    public const string CopyVariable = "NOTEBOOK_COVERAGE_COPIES";

    private const string Mark = ".counted-";
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly string ending = $"{Mark}{Guid.NewGuid():N}";
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> copies = new(StringComparer.Ordinal);
    private readonly List<string> made = [];
    private readonly SortedDictionary<string, CountedAssembly> assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> notebooks = new(StringComparer.Ordinal);

    /// <summary>Has the assemblies of a folder counted, as far as their source is on this machine.</summary>
    /// <param name="directory">The folder; nothing happens where there is none, or was asked for before.</param>
    /// <exception cref="NotebookRunException">No copies can be laid there.</exception>
    public void Count(string directory)
    {
        lock (gate)
        {
            if (!Directory.Exists(directory) || !folders.Add(Path.GetFullPath(directory))) return;
            try
            {
                RemoveForgotten(directory);
                foreach (var assembly in Directory.EnumerateFiles(Path.GetFullPath(directory), "*.dll").Order(StringComparer.Ordinal)) Copy(assembly);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new NotebookRunException(
                    $"What runs of the assemblies in {directory} is not counted, as copies of them cannot be laid there ({error.Message}): check the permissions of the folder and the space on the disk.", error);
            }
        }
    }

    /// <summary>Has the assemblies counted that a notebook asks for (<c>#r "A.dll"</c>), and those beside them, as far as their source is on this machine.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="directory">The folder its cells run in.</param>
    /// <exception cref="NotebookRunException">No copies can be laid there.</exception>
    public void Count(Notebook notebook, string directory)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        foreach (var file in notebook.CodeCells.SelectMany(cell => References().Matches(cell.Source)).Select(match => match.Groups["file"].Value))
            Count(Path.GetDirectoryName(Path.GetFullPath(file, directory))!);
    }

    /// <summary>Environment variables that make a kernel count.</summary>
    /// <param name="notebook">For which notebook; kernels of the same one count together.</param>
    public IReadOnlyDictionary<string, string> Variables(string notebook)
    {
        lock (gate)
        {
            if (!notebooks.TryGetValue(notebook, out var counts))
                notebooks[notebook] = counts = Directory.CreateDirectory(Path.Combine(folder, $"notebook-{notebooks.Count}")).FullName;
            return new Dictionary<string, string> { [CopyVariable] = ending, [CounterType.FolderVariable] = counts };
        }
    }

    /// <summary>Adds all that was counted so far.</summary>
    /// <param name="coverage">To what.</param>
    public void AddTo(NotebookCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        lock (gate)
        {
            foreach (var assembly in assemblies.Values) coverage.Add(assembly);
            foreach (var (notebook, counts) in notebooks)
            {
                var ran = assemblies.Where(assembly => File.Exists(Path.Combine(counts, assembly.Key)))
                    .ToDictionary(assembly => assembly.Value, assembly => (IReadOnlyList<bool>)[.. File.ReadAllBytes(Path.Combine(counts, assembly.Key)).Select(ran => ran != 0)]);
                coverage.Add(notebook, ran);
            }
        }
    }

    /// <summary>Removes the copies.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            try
            {
                foreach (var copy in made) File.Delete(copy);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Windows deletes nothing that is still in use: a later run does.
            }
            made.Clear();
        }
    }

    private void Copy(string assembly)
    {
        // The build links what several projects use.
        var original = File.ResolveLinkTarget(assembly, returnFinalTarget: true)?.FullName ?? assembly;
        var copy = assembly + ending;
        if (copies.TryGetValue(original, out var same))
        {
            made.Add(copy);
            File.Copy(same, copy, overwrite: true);
        }
        else if (CountedCopy.Make(assembly, copy) is { } counted)
        {
            made.Add(copy);
            copies[original] = copy;
            assemblies.TryAdd(counted.Counts, new CountedAssembly(Path.GetFileNameWithoutExtension(assembly), PublicMethods.Read(assembly), counted.Points));
        }
    }

    /// <summary>Of a run that was killed before it could remove them.</summary>
    private static void RemoveForgotten(string directory)
    {
        foreach (var copy in Directory.EnumerateFiles(directory, $"*.dll{Mark}*").Where(copy => DateTime.UtcNow - File.GetLastWriteTimeUtc(copy) > Forgotten)) File.Delete(copy);
    }

    [GeneratedRegex(@"^\s*#r\s+""(?<file>[^""\r\n]+\.dll)""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex References();
}
