using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace CSharpKernel.Scripting;

/// <summary>
/// Compiles very long methods of Plotly.NET beside the cell that makes a chart. Each first chart needs them, after a quarter of a second
/// of other work; the longest alone keeps the JIT busy for 70 ms. Only of assemblies whose methods mention nothing that their callers
/// have not loaded already: compiling a method can load what it mentions, and while nothing of a package is loaded its version may still
/// be exchanged.
/// </summary>
internal static class HeavyMethods
{
    private const int Length = 8_000;
    private static readonly string[] Assemblies = ["Plotly.NET", "DynamicObj"];

    /// <summary>Compiles them on another thread, if the assembly is one of those.</summary>
    /// <param name="assembly">An assembly of a file that has just been loaded; nothing in it runs.</param>
    public static Task PrepareAsync(Assembly assembly) =>
        Assemblies.Contains(assembly.GetName().Name)
            ? Task.Factory.StartNew(() => Prepare(assembly), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.CompletedTask;

    private static void Prepare(Assembly assembly)
    {
        try
        {
            foreach (var method in Find(assembly))
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
        catch (Exception)
        {
            // What cannot be compiled now fails again where the cell calls it, and there the reader sees it.
        }
    }

    private static List<MethodBase> Find(Assembly assembly)
    {
        var found = new List<MethodBase>();
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.MethodDefinitions)
            if (metadata.GetMethodDefinition(handle).RelativeVirtualAddress is > 0 and var address
                && file.GetMethodBody(address).GetILReader().Length >= Length
                && assembly.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle)) is { ContainsGenericParameters: false } method)
                found.Add(method);
        return found;
    }
}
