using System.Collections;
using CSharpKernel.Execution;
using CSharpKernel.Magics;

namespace Microsoft.DotNet.Interactive;

/// <summary>The kernel that holds the kernels of all languages that a notebook's cells may be written in.</summary>
public sealed class CompositeKernel : Kernel, IEnumerable<Kernel>
{
    internal CompositeKernel(CSharpEngine engine)
        : base(".NET", engine, null) => ChildKernels = [.. MagicRegistry.Languages.Select(name => new Kernel(name, engine, this))];

    /// <summary>The kernels in it.</summary>
    public IReadOnlyCollection<Kernel> ChildKernels { get; }

    /// <summary>The kernel of code that names none.</summary>
    public string DefaultKernelName { get; } = "csharp";

    /// <inheritdoc/>
    public IEnumerator<Kernel> GetEnumerator() => ChildKernels.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Kernel Find(string name) =>
        this.FindKernelByName(name) ?? throw new MagicException(RefusedMagics.IsLanguage(name) ? RefusedMagics.Find(name)! : $"There is no kernel '{name}' here. The kernels of this notebook are {string.Join(", ", ChildKernels.Select(kernel => kernel.Name))}.");
}
