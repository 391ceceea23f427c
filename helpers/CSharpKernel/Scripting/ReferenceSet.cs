using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>What cells are compiled against and can load: the framework, the kernel's helpers, and what <c>#r</c> added.</summary>
internal sealed class ReferenceSet
{
    private readonly Dictionary<string, MetadataReference> _references;
    private readonly Dictionary<string, Version?> _added = new(StringComparer.OrdinalIgnoreCase);

    public ReferenceSet()
    {
        var kernel = typeof(ReferenceSet).Assembly;
        _references = new(FrameworkReferences.ByName, StringComparer.OrdinalIgnoreCase)
        {
            [kernel.GetName().Name!] = MetadataReference.CreateFromFile(kernel.Location, documentation: LazyDocumentation.For(kernel.Location)),
        };
        LoadContext = new SessionLoadContext();
    }

    /// <summary>Loads what was added.</summary>
    public SessionLoadContext LoadContext { get; }

    /// <summary>The references of the next compilation.</summary>
    public IReadOnlyCollection<MetadataReference> Current => _references.Values;

    /// <summary>Adds the assembly of a <c>#r "path.dll"</c> line and all it needs.</summary>
    /// <param name="path">As written: relative to <paramref name="folder"/>, absolute, or below <c>~</c>.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <exception cref="ReferenceException">The file is missing, is no assembly, or clashes with one in use.</exception>
    public void AddFile(string path, string folder)
    {
        var full = Resolve(path, folder);
        if (!File.Exists(full))
        {
            if (FrameworkReferences.ByName.ContainsKey(Path.GetFileNameWithoutExtension(path)) && !path.Contains('/', StringComparison.Ordinal))
                return;
            throw new ReferenceException($"The file of #r \"{path}\" does not exist: {full}. Relative paths start at the notebook's folder, {folder}; if the file is built by a project, build the project first.");
        }

        if (ManagedAssembly.ReadVersion(full) is not { } version)
            throw new ReferenceException($"#r \"{path}\" needs a .NET assembly, and {full} is none.");

        var directory = Path.GetDirectoryName(full)!;
        Add(full, version, full, asked: true);
        LoadContext.AddNativeFolder(directory);
        var dependencies = Path.ChangeExtension(full, ".deps.json");
        if (!File.Exists(dependencies))
        {
            // Nothing says what it needs: whatever lies beside it can be loaded, but only itself is compiled against.
            foreach (var neighbour in Directory.EnumerateFiles(directory, "*.dll"))
                LoadContext.AddAssembly(Path.GetFileNameWithoutExtension(neighbour), neighbour);
            return;
        }

        LoadContext.AddResolver(new AssemblyDependencyResolver(full));
        foreach (var dependency in DependencyFile.ReadAssemblies(dependencies))
            if (ManagedAssembly.ReadVersion(dependency) is { } found)
                Add(dependency, found, dependency, asked: false);
    }

    /// <summary>Adds an assembly of a package.</summary>
    /// <param name="compile">The file to compile against.</param>
    /// <param name="runtime">The file to load; null when the package has none for this system.</param>
    public void AddPackageAssembly(string compile, string? runtime)
    {
        if (ManagedAssembly.ReadVersion(compile) is { } version)
            Add(compile, version, runtime, asked: false);
    }

    private void Add(string compile, Version version, string? runtime, bool asked)
    {
        var name = Path.GetFileNameWithoutExtension(compile);
        if (FrameworkReferences.ByName.ContainsKey(name) && IsInFramework(name, version))
            return;
        if (_added.TryGetValue(name, out var present))
        {
            if (asked && present != version && LoadContext.FindFile(name) is { } path)
                throw new ReferenceException($"{name} {version} cannot be added because {name} {present} from {path} is already in use. Restart the kernel to use the other version.");
            return;
        }

        _added.Add(name, version);
        _references[name] = MetadataReference.CreateFromFile(compile, documentation: LazyDocumentation.For(compile));
        if (runtime is not null)
            LoadContext.AddAssembly(name, runtime);
    }

    private static bool IsInFramework(string name, Version version)
    {
        var shared = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll");
        return File.Exists(shared) && AssemblyName.GetAssemblyName(shared).Version >= version;
    }

    private static string Resolve(string path, string folder)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
            path = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..];
        return Path.GetFullPath(path, folder);
    }
}
