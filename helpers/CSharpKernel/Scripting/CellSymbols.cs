using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace CSharpKernel.Scripting;

/// <summary>
/// The debug information of what cells became, to find single lines in it. .NET itself looks up the line of every frame of a stack trace
/// or of none, and endless recursion has half a million frames. Of a cell of plain statements it is made only when one of them fails:
/// writing it takes a quarter of the time in which such a cell becomes an assembly, and nearly all of them succeed.
/// </summary>
internal static class CellSymbols
{
    private static readonly ConditionalWeakTable<Assembly, Loaded> Known = [];
    private static readonly EmitOptions Options = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <summary>Writes a cell's assembly.</summary>
    /// <param name="compilation">The cell.</param>
    /// <param name="assembly">Gets the assembly.</param>
    /// <param name="symbols">Gets its debug information, a portable PDB, where the cell can see its own lines or its functions can be called later; else it stays empty.</param>
    /// <param name="probes">What the compiler is to add.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static EmitResult Emit(CSharpCompilation compilation, MemoryStream assembly, MemoryStream symbols, ImmutableArray<InstrumentationKind> probes, CancellationToken cancellationToken) =>
        compilation.Emit(
            assembly, probes.IsEmpty && !SeesItsLines(compilation) ? null : symbols, options: Options.WithInstrumentationKinds(probes), cancellationToken: cancellationToken);

    // Whoever catches an exception can write its stack trace; what a query does can come later than its cell.
    private static bool SeesItsLines(CSharpCompilation compilation) => compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes())
        .Any(node => node is CatchClauseSyntax or QueryExpressionSyntax or IdentifierNameSyntax { Identifier.ValueText: nameof(StackTrace) or nameof(StackFrame) });

    /// <summary>Loads an assembly and keeps its debug information.</summary>
    /// <param name="context">Where it is loaded.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="symbols">Its debug information, a portable PDB; empty when it was not written.</param>
    /// <param name="path">What stack traces call it.</param>
    public static Assembly Load(SessionLoadContext context, MemoryStream assembly, MemoryStream symbols, string path)
    {
        assembly.Position = symbols.Position = 0;
        var loaded = symbols.Length == 0 ? context.LoadFromStream(assembly) : context.LoadFromStream(assembly, symbols);
        Known.Add(loaded, new Loaded(path, assembly.ToArray()) { Symbols = symbols.Length == 0 ? null : symbols.ToArray() });
        return loaded;
    }

    /// <summary>Writes the debug information of a cell that failed, if it was not written before.</summary>
    /// <param name="assembly">What the cell became.</param>
    /// <param name="compilation">The cell.</param>
    public static void Complete(Assembly assembly, CSharpCompilation compilation)
    {
        if (!Known.TryGetValue(assembly, out var cell) || cell.Symbols is not null)
            return;
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        // The same code once more: the compiler gives each method the same place in it, with debug information and without.
        if (compilation.Emit(image, symbols, options: Options).Success)
            cell.Symbols = symbols.ToArray();
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
        if (!Known.TryGetValue(method.Module.Assembly, out var cell) || cell.Symbols is not { } symbols)
            return (null, 0);
        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(symbols));
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

    private sealed record Loaded(string Path, byte[] Image)
    {
        public byte[]? Symbols { get; set; }
    }
}
