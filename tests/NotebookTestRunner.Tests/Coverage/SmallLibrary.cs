using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace NotebookTestRunner.Tests.Coverage;

/// <summary>A library of one file, as a project's build leaves it: the assembly and its PDB in a folder, the source in another.</summary>
internal static class SmallLibrary
{
    public static string Build(TemporaryFolder folder, string name, string source, bool withSource = true, DebugInformationFormat format = DebugInformationFormat.PortablePdb)
    {
        var file = withSource ? folder.Write($"source/{name}.cs", source) : $"/elsewhere/{name}.cs";
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), path: file, cancellationToken: TestContext.Current.CancellationToken);
        // As a project's build has them: what the runtime loads names its own insides.
        var packs = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var framework = Path.Combine(Directory.GetDirectories(packs, $"{Environment.Version.Major}.*").Order(StringComparer.Ordinal).Last(), "ref", $"net{Environment.Version.Major}.0");
        var references = Directory.GetFiles(framework, "*.dll").Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(name, [tree], references, new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        var assembly = folder.Write($"library/{name}.dll", "");
        using (var code = File.Create(assembly))
        using (var symbols = File.Create(Path.ChangeExtension(assembly, ".pdb")))
        {
            var emitted = compilation.Emit(code, format == DebugInformationFormat.Embedded ? null : symbols, options: new EmitOptions(debugInformationFormat: format), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        }
        if (format == DebugInformationFormat.Embedded) File.Delete(Path.ChangeExtension(assembly, ".pdb"));
        return assembly;
    }
}
