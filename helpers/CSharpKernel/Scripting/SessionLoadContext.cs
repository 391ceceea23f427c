using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using JupyterProtocol;

namespace CSharpKernel.Scripting;

/// <summary>
/// Where cells and what they reference are loaded, apart from the kernel's own assemblies, so that a notebook may use
/// another version of a library than the kernel does.
/// </summary>
internal sealed class SessionLoadContext() : AssemblyLoadContext("Notebook")
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<AssemblyDependencyResolver> _resolvers = [];
    private readonly List<string> _nativeFolders = [];
    private IReadOnlyList<string> _nativeFiles = [];
    private IReadOnlyList<string> _satellites = [];

    /// <summary>The file that stands for an assembly name, if one is known.</summary>
    public string? FindFile(string name)
    {
        lock (_lock)
            return _assemblies.GetValueOrDefault(name);
    }

    /// <summary>The versions of the assemblies that are in use, by their names; cells are left out.</summary>
    public IReadOnlyDictionary<string, Version> LoadedVersions =>
        Assemblies.Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0).Select(assembly => assembly.GetName())
            .DistinctBy(name => name.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(name => name.Name!, name => name.Version ?? new Version(), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What a cell became, as a file that another program can load; null for what is not of a cell. A library finds this method by its name and
    /// shape, as the assemblies of cells are in no file.
    /// </summary>
    /// <param name="assembly">An assembly of this context.</param>
    public byte[]? GetAssemblyImage(Assembly assembly) => Assemblies.Contains(assembly) && CellSymbols.ImageOf(assembly) is { } image ? PortableImage.Of(image) : null;

    /// <summary>Makes an assembly's file known; it is loaded when the first code needs it.</summary>
    public void AddAssembly(string name, string path)
    {
        lock (_lock)
            _assemblies.TryAdd(name, path);
    }

    /// <summary>Makes the dependencies listed in the <c>.deps.json</c> beside an assembly loadable.</summary>
    public void AddResolver(AssemblyDependencyResolver resolver)
    {
        lock (_lock)
            _resolvers.Add(resolver);
    }

    /// <summary>Makes the native libraries of a folder, and of its <c>runtimes</c> below, loadable.</summary>
    public void AddNativeFolder(string folder)
    {
        lock (_lock)
            if (!_nativeFolders.Contains(folder))
                _nativeFolders.Add(folder);
    }

    /// <summary>Makes an assembly's file known in the place of another of that name, of which nothing is loaded yet.</summary>
    public void ReplaceAssembly(string name, string path)
    {
        lock (_lock)
            _assemblies[name] = path;
    }

    /// <summary>Makes the native libraries and the satellite assemblies of all packages loadable, in the place of those named before.</summary>
    public void SetPackageFiles(IReadOnlyList<string> native, IReadOnlyList<string> satellites)
    {
        lock (_lock)
        {
            _nativeFiles = native;
            _satellites = satellites;
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        // The runtime's own assemblies and the kernel's public types must stay one and the same everywhere.
        if (name == typeof(SessionLoadContext).Assembly.GetName().Name || name == "Microsoft.AspNetCore.Html.Abstractions")
            return null;
        string? path;
        lock (_lock)
        {
            path = (assemblyName.CultureName is { Length: > 0 } culture ? FindSatellite(name, culture) : _assemblies.GetValueOrDefault(name))
                ?? _resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null);
        }

        if (path is null)
            return null;
        var assembly = LoadFromAssemblyPath(CountedCopies.For(path));
        _ = HeavyMethods.PrepareAsync(assembly);
        return assembly;
    }

    // They lie in a folder named after their language.
    internal string? FindSatellite(string name, string culture) => _satellites.FirstOrDefault(file =>
        Path.GetFileNameWithoutExtension(file).Equals(name, StringComparison.OrdinalIgnoreCase)
        && Path.GetFileName(Path.GetDirectoryName(file)!).Equals(culture, StringComparison.OrdinalIgnoreCase));

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        // One that does not load must not end the search: code may have loaded the library itself, under this name, from elsewhere
        // (MLflowSharp.TorchSharp does), and the runtime's own search, which comes next, finds it by name and explains a failure.
        foreach (var candidate in NativeCandidates(unmanagedDllName))
            if (File.Exists(candidate) && NativeLibrary.TryLoad(candidate, out var library))
                return library;
        return 0;
    }

    private List<string> NativeCandidates(string name)
    {
        lock (_lock)
        {
            var candidates = new List<string>();
            candidates.AddRange(_resolvers.Select(resolver => resolver.ResolveUnmanagedDllToPath(name)).OfType<string>());
            var fileNames = Platform.Current.LibraryNames(name);
            candidates.AddRange(_nativeFiles.Where(file => fileNames.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase)));
            foreach (var folder in _nativeFolders)
            {
                candidates.AddRange(fileNames.Select(file => Path.Combine(folder, file)));
                foreach (var rid in Platform.Current.RuntimeIdentifiers)
                    candidates.AddRange(fileNames.Select(file => Path.Combine(folder, "runtimes", rid, "native", file)));
            }

            return candidates;
        }
    }
}
