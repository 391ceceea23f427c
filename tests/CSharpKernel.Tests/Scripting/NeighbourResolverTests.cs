using CSharpKernel.Scripting;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Tests.Scripting;

public sealed class NeighbourResolverTests
{
    // The compiler recognises what it has read by the object; read anew, a few neighbours made each cell four times as slow.
    [Fact]
    public void Every_cell_gets_the_same_reference_to_a_neighbour()
    {
        var asking = MetadataReference.CreateFromFile(typeof(NeighbourResolverTests).Assembly.Location);
        var needed = new AssemblyIdentity("Microsoft.CodeAnalysis");

        var first = new NeighbourResolver("/one").ResolveMissingAssembly(asking, needed);
        var second = new NeighbourResolver("/two").ResolveMissingAssembly(asking, needed);

        Assert.NotNull(first);
        Assert.Same(first, second);
    }
}
