using CSharpKernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Tests.Scripting;

public sealed class ReferenceBindingTests
{
    [Fact]
    public void Compilations_that_bind_at_the_same_moment_share_the_symbols_of_their_references()
    {
        // References of this test's own: those of other tests have their symbols already.
        var references = Directory.EnumerateFiles(FrameworkReferences.Directory, "System*.dll")
            .Where(ManagedAssembly.Is)
            .Select(file => MetadataReference.CreateFromFile(file))
            .ToArray();
        var runtime = references.Single(reference => Path.GetFileName(reference.FilePath) == "System.Runtime.dll");
        var compilations = Enumerable.Range(0, 8).Select(number => CSharpCompilation.Create($"c{number}", references: references)).ToArray();
        using var start = new Barrier(compilations.Length);

        var threads = compilations.Select(compilation => new Thread(() =>
        {
            start.SignalAndWait();
            ReferenceBinding.Bind(compilation);
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Single(compilations.Select(compilation => compilation.GetAssemblyOrModuleSymbol(runtime)).Distinct(ReferenceEqualityComparer.Instance));
    }
}
