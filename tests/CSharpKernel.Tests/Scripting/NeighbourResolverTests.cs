using CSharpKernel.Scripting;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Tests.Scripting;

public sealed class NeighbourResolverTests
{
    // The compiler recognises what it has read by the object; read anew, the neighbours of the kernel alone made each cell four times as slow.
    [Fact]
    public void Every_cell_gets_the_same_reference_to_a_neighbour()
    {
        var kernel = MetadataReference.CreateFromFile(typeof(NeighbourResolver).Assembly.Location);
        var needed = new AssemblyIdentity("Microsoft.CodeAnalysis");

        var first = new NeighbourResolver("/one").ResolveMissingAssembly(kernel, needed);
        var second = new NeighbourResolver("/two").ResolveMissingAssembly(kernel, needed);

        Assert.NotNull(first);
        Assert.Same(first, second);
    }
}
