using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NotebookTestRunner.Coverage;

/// <summary>
/// Makes a copy of an assembly that sets a byte wherever a piece of its source begins to run; the assembly itself stays as it is. The copy has the same
/// identity, and its debug information with it, so that traces of errors name the same lines.
/// </summary>
internal static class CountedCopy
{
    // Machine code that was made while building would run in the place of what is added here.
    private const ModuleAttributes WithMachineCode = (ModuleAttributes)0x4;

    /// <summary>Makes the copy.</summary>
    /// <param name="assembly">The assembly's file; its portable PDB is inside or beside it.</param>
    /// <param name="copy">Where the copy goes.</param>
    /// <returns>
    /// The name under which the copy counts, which all copies of the same build share, and its places in the order of their bytes. Null, and no copy, for
    /// what is no assembly of .NET, or has no PDB of files that are here: somebody else's library.
    /// </returns>
    public static (string Counts, IReadOnlyList<CodePoint> Points)? Make(string assembly, string copy)
    {
        try
        {
            using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false) });
            if (!module.HasSymbols) return null;
            var methods = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList();
            var pieces = methods.ToDictionary(method => method, PiecesOf);
            var files = pieces.Values.SelectMany(found => found).Select(piece => piece.Document.Url).Distinct();
            if (!files.Any(File.Exists)) return null;

            var counts = $"{Path.GetFileNameWithoutExtension(assembly)}-{module.Mvid:N}";
            var first = CounterType.AddTo(module, counts, pieces.Values.Sum(found => Math.Max(1, found.Count)));
            var points = new List<CodePoint>();
            foreach (var method in methods) Count(method, pieces[method], first, points);
            AsCodeOnly(module);
            module.Write(copy, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new EmbeddedPortablePdbWriterProvider() });
            return (counts, points);
        }
        catch (Exception error) when (error is BadImageFormatException or SymbolsNotFoundException or SymbolsNotMatchingException)
        {
            return null;
        }
    }

    /// <summary>The pieces of a method that somebody wrote; what source generators made is nobody's to run.</summary>
    private static List<SequencePoint> PiecesOf(MethodDefinition method) =>
        [.. method.DebugInformation.SequencePoints.Where(point => !point.IsHidden && !point.Document.Url.EndsWith(".g.cs", StringComparison.Ordinal))];

    private static void Count(MethodDefinition method, List<SequencePoint> pieces, FieldReference first, List<CodePoint> points)
    {
        var name = new MethodName(method.DeclaringType.FullName.Replace('/', '+'), method.Name);
        var body = method.Body;
        var at = body.Instructions.ToDictionary(instruction => instruction.Offset);
        body.SimplifyMacros();
        var code = body.GetILProcessor();
        // By this one it is known that the method ran at all.
        if (pieces.Count == 0)
        {
            Count(code, body.Instructions[0], first, points.Count);
            points.Add(new CodePoint(name, null, 0));
        }
        foreach (var piece in pieces)
        {
            Count(code, at[piece.Offset], first, points.Count);
            points.Add(new CodePoint(name, piece.Document.Url, piece.StartLine));
        }
        body.OptimizeMacros();
    }

    /// <summary>Sets a byte before an instruction. The instruction becomes the first of those that do, so that whatever jumps to it, or begins or ends at it, does so there.</summary>
    private static void Count(ILProcessor code, Instruction instruction, FieldReference first, int index)
    {
        var original = code.Create(OpCodes.Nop);
        (original.OpCode, original.Operand) = (instruction.OpCode, instruction.Operand);
        (instruction.OpCode, instruction.Operand) = (OpCodes.Ldsfld, first);
        Instruction[] added = [code.Create(OpCodes.Ldc_I4, index), code.Create(OpCodes.Add), code.Create(OpCodes.Ldc_I4_1), code.Create(OpCodes.Stind_I1), original];
        foreach (var next in added)
        {
            code.InsertAfter(instruction, next);
            instruction = next;
        }
    }

    private static void AsCodeOnly(ModuleDefinition module)
    {
        if ((module.Attributes & ModuleAttributes.ILOnly) != 0) return;
        module.Attributes = (module.Attributes | ModuleAttributes.ILOnly) & ~WithMachineCode;
        module.Architecture = TargetArchitecture.I386;
    }
}
