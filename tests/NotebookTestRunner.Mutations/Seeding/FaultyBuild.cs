using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>Compiles a project once with all faults in it, each behind its switch.</summary>
internal static class FaultyBuild
{
    private const int MostAttempts = 60;

    /// <summary>Writes the assembly with the faults.</summary>
    /// <param name="subject">The project, built before.</param>
    /// <param name="checkout">The checkout's top folder.</param>
    /// <param name="target">The assembly's path.</param>
    /// <param name="only">The places that get a fault; null for all.</param>
    /// <param name="memory">A file for what does not compile, so that it need not be found out again; null for none.</param>
    /// <returns>The faults, by number from 0.</returns>
    /// <exception cref="InvalidOperationException">The project cannot be compiled even without some of the faults.</exception>
    public static IReadOnlyList<Mutant> Compile(Subject subject, string checkout, string target, IReadOnlySet<FaultPlace>? only = null, string? memory = null)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithPreprocessorSymbols("NET", "NET10_0", "NET10_0_OR_GREATER", "NET9_0_OR_GREATER", "NET8_0_OR_GREATER");
        var generated = Directory.GetFiles(Path.Combine(checkout, "artifacts", "obj", subject.Assembly), "*.cs", SearchOption.AllDirectories);
        var trees = subject.SourceFiles(checkout).Concat(generated)
            .ToDictionary(file => file, file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file), Encoding.UTF8), options, file));
        var compilation = CSharpCompilation.Create(subject.Assembly, trees.Values.Append(CSharpSyntaxTree.ParseText(FaultSwitch.Source, options, "Switch.g.cs", Encoding.UTF8)), References(subject, checkout),
            new CSharpCompilationOptions(OutputKindOf(subject, checkout), optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        var driver = CSharpGeneratorDriver.Create(Generators(), parseOptions: options);

        HashSet<(string File, int Start, string Kind)> dropped = memory is null ? [] : DroppedPlaces.Read(memory, file => trees[Path.Combine(checkout, subject.Folder, file)].ToString());
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (mutants, faulty) = Seed(subject, checkout, compilation, trees, dropped, only);
            driver.RunGeneratorsAndUpdateCompilation(faulty, out var complete, out _);
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            // With lines: tests read those of the assembly, and messages of failures name them.
            var result = complete.Emit(assembly, symbols, manifestResources: Resources(subject, checkout), options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: Path.ChangeExtension(target, ".pdb")));
            if (result.Success)
            {
                File.WriteAllBytes(target, assembly.ToArray());
                File.WriteAllBytes(Path.ChangeExtension(target, ".pdb"), symbols.ToArray());
                if (memory is not null) DroppedPlaces.Write(memory, dropped, file => trees[Path.Combine(checkout, subject.Folder, file)].ToString());
                return mutants;
            }

            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            var before = dropped.Count;
            foreach (var error in errors) Drop(error, subject, checkout, dropped);
            if (dropped.Count == before)
                throw new InvalidOperationException($"{subject.Assembly} does not compile, and not because of a fault:\n{string.Join('\n', errors.Take(20))}");
        }

        throw new InvalidOperationException($"{subject.Assembly} does not compile after {MostAttempts} attempts without the faults that do not.");
    }

    private static (IReadOnlyList<Mutant>, CSharpCompilation) Seed(
        Subject subject, string checkout, CSharpCompilation compilation, Dictionary<string, SyntaxTree> trees, HashSet<(string, int, string)> dropped, IReadOnlySet<FaultPlace>? only)
    {
        var mutants = new List<Mutant>();
        var faulty = compilation;
        foreach (var file in subject.DecisionFiles(checkout))
        {
            var tree = trees[file];
            var seeder = new FaultSeeder(Name(subject, checkout, file), compilation.GetSemanticModel(tree), mutants.Count, dropped, only);
            var root = seeder.Visit(tree.GetRoot())!;
            mutants.AddRange(seeder.Mutants);
            faulty = faulty.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(root, tree.Options));
        }

        return (mutants, faulty);
    }

    /// <summary>Leaves out the fault that keeps the code from compiling: the one around the error, or, for a variable without a value, those that could have given it one.</summary>
    private static void Drop(Diagnostic error, Subject subject, string checkout, HashSet<(string, int, string)> dropped)
    {
        if (error.Location.SourceTree is not { } tree) return;
        var file = Name(subject, checkout, tree.FilePath);
        var node = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        List<SyntaxNode> guilty = [];
        if (error.Id is "CS0165" && node is IdentifierNameSyntax { Identifier.Text: var name })
        {
            var member = node.Ancestors().OfType<MemberDeclarationSyntax>().First();
            guilty = [.. member.DescendantNodes().Where(part => (part is SingleVariableDesignationSyntax variable && variable.Identifier.Text == name)
                    || (part is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } && left.Identifier.Text == name))
                .SelectMany(part => part.Ancestors().TakeWhile(above => above != member).Where(above => above.HasAnnotations(FaultSeeder.Mark)))];
        }

        if (guilty.Count == 0 && node.AncestorsAndSelf().FirstOrDefault(above => above.HasAnnotations(FaultSeeder.Mark)) is { } around) guilty = [around];
        if (guilty.Count == 0 && node.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() is { } whole)
            guilty = [.. whole.DescendantNodes().Where(part => part.HasAnnotations(FaultSeeder.Mark))];
        foreach (var mark in guilty.SelectMany(part => part.GetAnnotations(FaultSeeder.Mark)))
        {
            var (start, kind) = mark.Data!.Split('|') is [var position, var what] ? (int.Parse(position, System.Globalization.CultureInfo.InvariantCulture), what) : throw new InvalidOperationException(mark.Data);
            dropped.Add((file, start, kind));
        }
    }

    private static string Name(Subject subject, string checkout, string file) => Path.GetRelativePath(Path.Combine(checkout, subject.Folder), file).Replace('\\', '/');

    private static OutputKind OutputKindOf(Subject subject, string checkout) =>
        File.Exists(Path.Combine(checkout, "artifacts", "bin", subject.Assembly, subject.Assembly + ".runtimeconfig.json")) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;

    private static string DotnetPacks => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));

    private static string ReferencePack => Directory.EnumerateDirectories(DotnetPacks).Order(StringComparer.Ordinal).Last(folder => Path.GetFileName(folder).StartsWith("10.", StringComparison.Ordinal));

    private static IEnumerable<MetadataReference> References(Subject subject, string checkout)
    {
        var framework = Directory.GetFiles(Path.Combine(ReferencePack, "ref", "net10.0"), "*.dll");
        var names = framework.Select(Path.GetFileName).Append(subject.Assembly + ".dll").ToHashSet();
        var own = Directory.GetFiles(Path.Combine(checkout, "artifacts", "bin", subject.Tests), "*.dll").Where(file => !names.Contains(Path.GetFileName(file)) && IsManaged(file));
        return framework.Concat(own).Select(file => MetadataReference.CreateFromFile(file));
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static IEnumerable<ISourceGenerator> Generators() =>
        Directory.GetFiles(Path.Combine(ReferencePack, "analyzers", "dotnet", "cs"), "*.dll")
            .SelectMany(file => new AnalyzerFileReference(file, new Loader()).GetGenerators(LanguageNames.CSharp));

    private static IEnumerable<ResourceDescription> Resources(Subject subject, string checkout)
    {
        var built = Assembly.LoadFile(Path.Combine(checkout, "artifacts", "bin", subject.Assembly, subject.Assembly + ".dll"));
        return built.GetManifestResourceNames().Select(name => new ResourceDescription(name, () => built.GetManifestResourceStream(name)!, isPublic: true));
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
