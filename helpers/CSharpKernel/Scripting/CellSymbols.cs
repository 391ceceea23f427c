using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CSharpKernel.Scripting;

/// <summary>
/// The debug information of what cells became, to find single lines in it. .NET itself looks up the line of every frame of a stack trace
/// or of none, and endless recursion has half a million frames.
/// </summary>
internal static class CellSymbols
{
    private static readonly ConditionalWeakTable<Assembly, Loaded> Known = [];

    /// <summary>Loads an assembly and keeps its debug information.</summary>
    /// <param name="context">Where it is loaded.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="symbols">Its debug information, a portable PDB.</param>
    /// <param name="path">What stack traces call it.</param>
    public static Assembly Load(SessionLoadContext context, MemoryStream assembly, MemoryStream symbols, string path)
    {
        assembly.Position = symbols.Position = 0;
        var loaded = context.LoadFromStream(assembly, symbols);
        Known.Add(loaded, new Loaded(path, symbols.ToArray(), assembly.ToArray()));
        return loaded;
    }

    /// <summary>What stack traces call an assembly: optimized code does not always know its own line. Null when it is not of a cell.</summary>
    public static string? PathOf(Assembly assembly) => Known.TryGetValue(assembly, out var cell) ? cell.Path : null;

    /// <summary>What a cell's assembly was loaded from; null when it is not of a cell.</summary>
    public static byte[]? ImageOf(Assembly assembly) => Known.TryGetValue(assembly, out var cell) ? cell.Image : null;

    /// <summary>Finds the file and the one-based line of a place in a method; null and zero when it is not of a cell.</summary>
    /// <param name="method">The method.</param>
    /// <param name="offset">The place, in its IL.</param>
    public static (string? File, int Line) Find(MethodBase method, int offset)
    {
        if (!Known.TryGetValue(method.Module.Assembly, out var cell))
            return (null, 0);
        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(cell.Symbols));
        var reader = provider.GetMetadataReader();
        var information = reader.GetMethodDebugInformation(((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken)).ToDebugInformationHandle());
        SequencePoint? found = null;
        foreach (var point in information.GetSequencePoints())
        {
            if (point.Offset > offset)
                break;
            if (!point.IsHidden)
                found = point;
        }

        return found is { } at ? (reader.GetString(reader.GetDocument(at.Document).Name), at.StartLine) : (null, 0);
    }

    private sealed record Loaded(string Path, byte[] Symbols, byte[] Image);
}
