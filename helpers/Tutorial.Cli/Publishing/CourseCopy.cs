using JupyterProtocol;

namespace Tutorial.Cli.Publishing;

/// <summary>A folder that is filled with files. What the build linked to is copied once, and linked to within the folder where it is needed again.</summary>
/// <param name="root">The folder, which must not be there.</param>
internal sealed class CourseCopy(string root)
{
    private readonly Dictionary<string, string> _copied = new(StringComparer.Ordinal);

    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>How many files were written, links aside.</summary>
    public int Files { get; private set; }

    /// <summary>How large they are together.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies the files of a folder and of those in it.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="target">Its name in this one.</param>
    /// <param name="isWanted">Which files, by their names in the folder with <c>/</c> between.</param>
    public void AddFolder(string source, string target, Func<string, bool> isWanted)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(source, file).Replace('\\', '/');
            if (isWanted(name))
                AddFile(file, $"{target}/{name}");
        }
    }

    /// <summary>Copies a file.</summary>
    public void AddFile(string source, string target)
    {
        var path = Prepare(target);
        // Links may lead to links: a project's output, and from there a package.
        var real = Path.GetFullPath(File.ResolveLinkTarget(source, returnFinalTarget: true)?.FullName ?? source);
        if (_copied.TryGetValue(real, out var earlier) && TryLink(path, earlier))
            return;
        File.Copy(real, path);
        _copied.TryAdd(real, path);
        Count(path);
    }

    /// <summary>Writes a text.</summary>
    public void AddText(string target, string text, bool isProgram = false)
    {
        var path = Prepare(target);
        File.WriteAllText(path, text);
        if (isProgram)
            Platform.MakeProgram(path);
        Count(path);
    }

    /// <summary>Counts what something else wrote into a folder.</summary>
    public void AddWritten(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            Count(file);
    }

    /// <summary>Lets everybody read all of it.</summary>
    public void Share()
    {
        Platform.MakeShared(root);
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
            Platform.MakeShared(entry.FullName);
    }

    private string Prepare(string target)
    {
        var path = Path.Combine(root, target.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    // Relative, so that the folder can be moved. Windows asks for a right that few have: there the file is copied again.
    private static bool TryLink(string path, string earlier)
    {
        if (Platform.Current.IsWindows)
            return false;
        File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, earlier));
        return true;
    }

    private void Count(string path)
    {
        Files++;
        Bytes += new FileInfo(path).Length;
    }
}
