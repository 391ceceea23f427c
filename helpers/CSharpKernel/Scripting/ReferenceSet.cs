using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>What cells are compiled against and can load: the framework, the kernel's helpers, and what <c>#r</c> added.</summary>
internal sealed class ReferenceSet
{
    // Assemblies whose types .NET has taken over under the same names: with both, no call of theirs would be clear. What the notebook
    // asked for wins. The versions from 7 on only point to .NET.
    private static readonly Dictionary<string, (Version Until, string Framework)> TakenOver = new(StringComparer.OrdinalIgnoreCase)
    {
        ["System.Linq.Async"] = (new Version(7, 0), "System.Linq.AsyncEnumerable"),
    };

    // Notebooks of .NET Interactive use it without asking for the package, because that kernel had it at hand; so has this one.
    private const string AtHand = "Newtonsoft.Json";
    private static readonly string AtHandFile = Path.Combine(AppContext.BaseDirectory, AtHand + ".dll");
    // One and the same in all compilations: by it the compiler knows that types are the same.
    private static readonly Lazy<MetadataReference?> FoundAtHand = new(() => File.Exists(AtHandFile) ? FileReference.Read(AtHandFile) : null);

    private readonly HashSet<string> _givenUp = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataReference> _references;
    private readonly Dictionary<string, Version?> _added = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (ReferencedAssembly Assembly, Version Version)> _packaged = new(StringComparer.OrdinalIgnoreCase);

    public ReferenceSet()
    {
        _references = new(KernelReferences.All.Select(own => KeyValuePair.Create(own.Key, (MetadataReference)own.Value)), StringComparer.OrdinalIgnoreCase);
        Include(FrameworkReferences.Core);
        LoadContext = new SessionLoadContext();
    }

    /// <summary>Loads what was added.</summary>
    public SessionLoadContext LoadContext { get; }

    /// <summary>The references of the next compilation.</summary>
    public IReadOnlyCollection<MetadataReference> Current
    {
        get
        {
            // Completion in a subshell asks while a cell adds.
            lock (_references)
                return [.. _references.Values];
        }
    }

    /// <summary>The references with all of .NET: for who searches for names, or explains why one is not known.</summary>
    public IReadOnlyCollection<MetadataReference> All => WithAll([]);

    /// <summary>The names of what has types in these namespaces and is not referenced yet: assemblies of .NET, and what the kernel has at hand.</summary>
    public IEnumerable<string> FindNew(IEnumerable<string> spaces)
    {
        List<string> named = [.. spaces];
        var found = named.SelectMany(FrameworkNamespaces.AssembliesOf).Where(name => FrameworkReferences.Find(name) is not null);
        return (named.Contains(AtHand) && FoundAtHand.Value is not null ? found.Append(AtHand) : found).Where(IsNew);
    }

    /// <summary>The references, and others by their names.</summary>
    public IReadOnlyCollection<MetadataReference> With(IEnumerable<string> names) => [.. Current.Union(names.Where(IsNew).Select(Find).OfType<MetadataReference>())];

    /// <summary>The references with all of .NET, and others by their names.</summary>
    public IReadOnlyCollection<MetadataReference> WithAll(IEnumerable<string> names) => With(FrameworkReferences.Names.Union(names, StringComparer.OrdinalIgnoreCase));

    /// <summary>Adds references by their names.</summary>
    /// <param name="names">What <see cref="FindNew"/> found.</param>
    /// <param name="isAll">Whether all assemblies of .NET are to be added.</param>
    public void Accept(IReadOnlyCollection<string> names, bool isAll)
    {
        Include(isAll ? names.Union(FrameworkReferences.Names) : names);
        HasFramework |= isAll;
        if (!names.Contains(AtHand) || _added.ContainsKey(AtHand))
            return;
        AddAssemblies([new ReferencedAssembly(AtHandFile, AtHandFile, "the kernel")]);
        lock (_references)
            _references[AtHand] = FoundAtHand.Value!;
    }

    /// <summary>Whether all assemblies of .NET are referenced.</summary>
    public bool HasFramework { get; private set; }

    /// <summary>Adds the assembly of a <c>#r "path.dll"</c> line and all it needs.</summary>
    /// <param name="path">As written: relative to <paramref name="folder"/>, absolute, or below <c>~</c>.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <exception cref="ReferenceException">The file is missing, is no assembly, or clashes with one in use.</exception>
    public void AddFile(string path, string folder)
    {
        var full = NotebookPath.Resolve(path, folder);
        if (!File.Exists(full) && BesideKernel(full) is { } sibling)
            full = sibling;
        if (!File.Exists(full))
        {
            if (!path.Contains('/', StringComparison.Ordinal) && FrameworkReferences.Find(Path.GetFileNameWithoutExtension(path)) is not null)
            {
                Include([Path.GetFileNameWithoutExtension(path)]);
                return;
            }

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

    /// <summary>
    /// A library of the build that the kernel itself is of: NAME/NAME.dll beside the kernel's folder. So a notebook that was copied away from
    /// it, or a course of which only the built part is shared, still finds it.
    /// </summary>
    private static string? BesideKernel(string missing)
    {
        var name = Path.GetFileNameWithoutExtension(missing);
        var file = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", name, $"{name}.dll"));
        return name.Length > 0 && File.Exists(file) ? file : null;
    }

    /// <summary>
    /// Makes the assemblies of packages known. One that an earlier cell brought in another version is replaced while nothing of it has
    /// been loaded. Once it is loaded the notebook stays with it, as far as that is new enough.
    /// </summary>
    /// <exception cref="ReferenceException">A newer version is needed than is loaded; nothing was added.</exception>
    public void AddAssemblies(IEnumerable<ReferencedAssembly> assemblies)
    {
        var loaded = LoadContext.LoadedVersions;
        var added = new List<(ReferencedAssembly Assembly, Version Version)>();
        foreach (var group in assemblies.GroupBy(assembly => assembly.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Count() == 1 && _packaged.TryGetValue(group.Key, out var same) && same.Assembly == group.First())
                continue;
            // Two packages may bring the same assembly: the newer one serves both.
            var (assembly, version) = group.Select(each => (each, each.ReadVersion())).MaxBy(each => each.Item2);
            if (version is null || IsInFramework(group.Key, version) || (_added.ContainsKey(group.Key) && !_packaged.ContainsKey(group.Key)))
                continue;
            if (loaded.TryGetValue(group.Key, out var used) && _packaged.TryGetValue(group.Key, out var present))
            {
                if (version > used)
                    throw new ReferenceException(
                        $"{assembly.Origin} has {group.Key} {version}, but {group.Key} {used} of {present.Assembly.Origin} is in use already, and .NET cannot exchange it. "
                        + $"Restart the kernel, and ask for {assembly.Origin} before the first cell that uses {group.Key}.");
                continue;
            }

            added.Add((assembly, version));
        }

        foreach (var (assembly, version) in added)
        {
            _added[assembly.Name] = version;
            _packaged[assembly.Name] = (assembly, version);
            if (assembly.Compile is { } compile)
            {
                if (TakenOver.TryGetValue(assembly.Name, out var taken) && version < taken.Until)
                    GiveUp(taken.Framework);
                lock (_references)
                    _references[assembly.Name] = FileReference.Read(compile);
            }

            if (assembly.Runtime is { } runtime)
                LoadContext.ReplaceAssembly(assembly.Name, runtime);
        }
    }

    private void Add(string compile, Version version, string? runtime, bool asked)
    {
        var name = Path.GetFileNameWithoutExtension(compile);
        if (IsInFramework(name, version))
            return;
        if (_added.TryGetValue(name, out var present))
        {
            if (asked && present != version && LoadContext.FindFile(name) is { } path)
                throw new ReferenceException($"{name} {version} cannot be added because {name} {present} from {path} is already in use. Restart the kernel to use the other version.");
            return;
        }

        _added.Add(name, version);
        lock (_references)
            _references[name] = FileReference.Read(compile);
        if (runtime is not null)
            LoadContext.AddAssembly(name, runtime);
    }

    private void Include(IEnumerable<string> names)
    {
        foreach (var name in names.Where(IsNew))
        {
            if (FrameworkReferences.Find(name) is not { } reference)
                continue;
            lock (_references)
                _references.TryAdd(name, reference);
        }
    }

    private static MetadataReference? Find(string name) => name == AtHand ? FoundAtHand.Value : FrameworkReferences.Find(name);

    private void GiveUp(string framework)
    {
        lock (_references)
        {
            _givenUp.Add(framework);
            _references.Remove(framework);
        }
    }

    private bool IsNew(string name)
    {
        lock (_references)
            return !_references.ContainsKey(name) && !_givenUp.Contains(name);
    }

    private static bool IsInFramework(string name, Version version)
    {
        var shared = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll");
        return File.Exists(shared) && AssemblyName.GetAssemblyName(shared).Version >= version;
    }
}
