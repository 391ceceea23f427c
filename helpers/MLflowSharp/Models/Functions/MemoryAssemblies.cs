using System.Reflection;
using System.Runtime.Loader;

namespace MLflowSharp;

/// <summary>
/// Copies of assemblies that are in no file, as those of a notebook's cells: whoever loaded them is asked for what it loaded. It is found by its
/// shape, a load context with a public method <c>byte[] GetAssemblyImage(Assembly)</c>. The copies are only looked at, and are unloaded at the end.
/// </summary>
internal sealed class MemoryAssemblies : IDisposable
{
    private readonly Dictionary<string, (Assembly Copy, byte[] Image)?> _copies = new(StringComparer.Ordinal);
    private readonly AssemblyLoadContext? _original;
    private readonly MethodInfo? _imageOf;
    private readonly Looking _looking;

    /// <summary>Prepares to copy what one load context has.</summary>
    /// <param name="assembly">One of its assemblies.</param>
    public MemoryAssemblies(Assembly assembly)
    {
        _original = AssemblyLoadContext.GetLoadContext(assembly);
        var found = _original?.GetType().GetMethod("GetAssemblyImage", BindingFlags.Instance | BindingFlags.Public, [typeof(Assembly)]);
        _imageOf = found?.ReturnType == typeof(byte[]) ? found : null;
        _looking = new(this);
    }

    /// <summary>The copy of an assembly in no file; null for one that is in a file, or whose context does not tell.</summary>
    public Assembly? CopyOf(Assembly assembly) => Entry(assembly)?.Copy;

    /// <summary>What a copy was loaded from; null for what is no copy.</summary>
    public byte[]? ImageOf(Assembly copy) => _copies.GetValueOrDefault(copy.GetName().Name!) is { } entry && entry.Copy == copy ? entry.Image : null;

    /// <inheritdoc/>
    public void Dispose() => _looking.Unload();

    private (Assembly Copy, byte[] Image)? Entry(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        if (_copies.TryGetValue(name, out var known))
            return known;
        var image = assembly is { IsDynamic: false, Location.Length: 0 } ? _imageOf?.Invoke(_original, [assembly]) as byte[] : null;
        (Assembly, byte[])? entry = null;
        if (image is not null)
        {
            using var stream = new MemoryStream(image);
            entry = (_looking.LoadFromStream(stream), image);
        }

        return _copies[name] = entry;
    }

    // A copy refers to copies of its own kind, and to the very libraries that the original refers to.
    private sealed class Looking(MemoryAssemblies owner) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var original = owner._original!.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == assemblyName.Name) ?? owner._original.LoadFromAssemblyName(assemblyName);
            return owner.CopyOf(original) ?? original;
        }
    }
}
