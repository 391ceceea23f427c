using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MLflowSharp.Projects.DotNet;

/// <summary>What a .NET program is built of: its own sources, those of the projects it refers to, and the settings in the folders above.</summary>
internal static partial class DotNetSources
{
    // Of each the nearest counts. Where packages come from (nuget.config) is no part of what is built.
    private static readonly string[] Settings = ["global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];
    private static readonly string[] NotSources = ["bin", "obj", "artifacts", "mlruns", "mlartifacts", "node_modules"];

    /// <summary>One text for one state of the sources and the .NET that builds them, wherever they are: a moved or copied folder finds what was built.</summary>
    public static string Fingerprint(string program)
    {
        program = Path.GetFullPath(program);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}"));
        foreach (var (name, file) in Find(program).Select(file => (Path.GetRelativePath(Path.GetDirectoryName(program)!, file).Replace('\\', '/'), file)).OrderBy(pair => pair.Item1, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name}\n"));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static HashSet<string> Find(string program)
    {
        var files = new HashSet<string>();
        var projects = new Stack<string>([program]);
        var seen = new HashSet<string> { program };
        while (projects.TryPop(out var project))
        {
            if (!File.Exists(project))
                continue;
            var folder = Path.GetDirectoryName(project)!;
            files.Add(project);
            var isSingle = Path.GetExtension(project) == ".cs";
            if (!isSingle)
                files.UnionWith(Sources(new DirectoryInfo(folder)));
            files.UnionWith(Settings.Select(name => Nearest(name, folder)).OfType<string>());
            var references = (isSingle ? ProjectDirective() : ProjectReference()).Matches(File.ReadAllText(project));
            foreach (var reference in references.Select(match => Path.GetFullPath(match.Groups[1].Value.Replace('\\', '/'), folder)).SelectMany(ProjectsAt).Where(seen.Add))
                projects.Push(reference);
        }

        return files;
    }

    private static string? Nearest(string name, string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Path.Combine(above.FullName, name) is var path && File.Exists(path))
                return path;
        }

        return null;
    }

    // A reference may name the folder of a project.
    private static string[] ProjectsAt(string path) => Directory.Exists(path) ? Directory.GetFiles(path, "*.*proj") : [path];

    private static IEnumerable<string> Sources(DirectoryInfo folder) => folder.EnumerateFileSystemInfos()
        .Where(entry => entry.Name[0] != '.')
        .SelectMany(entry => entry switch
        {
            DirectoryInfo inner when !NotSources.Contains(inner.Name) => Sources(inner),
            FileInfo { Extension: not (".db" or ".db-wal" or ".db-shm" or ".log") } file => [file.FullName],
            _ => [],
        });

    [GeneratedRegex(@"^#:project\s+(\S.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex ProjectDirective();

    [GeneratedRegex("<ProjectReference\\s+Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();
}
