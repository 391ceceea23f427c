using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// The assemblies of .NET that every cell may use. The SDK's reference assemblies are preferred: they are a tenth
/// of the size of the runtime's own files and have their documentation beside them.
/// </summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<string> FoundDirectory = new(Find);
    private static readonly ConcurrentDictionary<string, Lazy<PortableExecutableReference?>> Known = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lazy<IReadOnlyList<string>> FoundNames = new(() =>
        [.. System.IO.Directory.EnumerateFiles(Directory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]);

    /// <summary>
    /// What every cell is compiled against: all that adds to the namespaces which cells import by themselves, and all that those
    /// assemblies need. The others, seven times as many, come when a cell names one of their namespaces (<see cref="FrameworkNamespaces"/>):
    /// the compiler looks through every reference in every cell.
    /// </summary>
    public static IReadOnlyList<string> Core { get; } =
    [
        "Microsoft.CSharp", "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable", "System.Collections.NonGeneric",
        "System.ComponentModel", "System.ComponentModel.Primitives", "System.ComponentModel.TypeConverter", "System.Console", "System.Linq",
        "System.Linq.AsyncEnumerable", "System.Linq.Expressions", "System.Linq.Parallel", "System.Linq.Queryable", "System.Memory",
        "System.ObjectModel", "System.Resources.Writer", "System.Runtime", "System.Runtime.InteropServices", "System.Text.Encoding.CodePages",
        "System.Text.Encoding.Extensions", "System.Threading", "System.Threading.Tasks.Parallel", "System.Threading.Thread",
    ];

    /// <summary>The folder the references come from.</summary>
    public static string Directory => FoundDirectory.Value;

    /// <summary>The names of the files there; few may be native libraries and no references.</summary>
    public static IReadOnlyList<string> Names => FoundNames.Value;

    /// <summary>The reference of a simple name, always the same object: by it the compiler knows what it has read.</summary>
    /// <returns>Null when .NET has no such assembly.</returns>
    public static PortableExecutableReference? Find(string name) => Known.GetOrAdd(name, key => new(() => Read(key))).Value;

    private static PortableExecutableReference? Read(string name)
    {
        var file = Path.Combine(Directory, name + ".dll");
        return File.Exists(file) && ManagedAssembly.Is(file) ? FileReference.Read(file) : null;
    }

    private static string Find()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var pack = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!System.IO.Directory.Exists(pack))
            return runtime;
        return System.IO.Directory.EnumerateDirectories(pack)
            .Select(folder => (Folder: folder, Version: System.Version.TryParse(Path.GetFileName(folder), out var version) ? version : null))
            .Where(candidate => candidate.Version?.Major == Environment.Version.Major)
            .OrderByDescending(candidate => candidate.Version)
            .Select(candidate => Path.Combine(candidate.Folder, "ref", $"net{Environment.Version.Major}.{Environment.Version.Minor}"))
            .FirstOrDefault(System.IO.Directory.Exists) ?? runtime;
    }
}
