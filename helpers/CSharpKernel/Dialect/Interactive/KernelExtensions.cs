using CSharpKernel.Dialect;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Microsoft.DotNet.Interactive;

/// <summary>What kernels can do besides.</summary>
public static class KernelExtensions
{
    /// <summary>Finds a kernel by its name or one of its aliases.</summary>
    /// <returns>Null when there is none.</returns>
    public static Kernel? FindKernelByName(this Kernel kernel, string name) =>
        kernel.FindKernels(each => each.Name == name || each.KernelInfo.Aliases.Contains(name)).FirstOrDefault();

    /// <summary>Finds kernels: this one and those in it.</summary>
    public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate) => SelfAndInner(kernel).Where(predicate);

    /// <summary>Runs code as part of the calling cell.</summary>
    public static Task<KernelCommandResult> SubmitCodeAsync(this Kernel kernel, string code) => kernel.SendAsync(new SubmitCode(code, kernel is CompositeKernel ? null : kernel.Name));

    /// <summary>Calls something for each kernel in this one.</summary>
    public static void VisitSubkernels(this Kernel kernel, Action<Kernel> onVisit)
    {
        foreach (var inner in SelfAndInner(kernel).Skip(1))
            onVisit(inner);
    }

    /// <summary>Calls something for this kernel and each kernel in it.</summary>
    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit)
    {
        foreach (var each in SelfAndInner(kernel))
            onVisit(each);
    }

    /// <summary>Adds a magic that calls a function. One of the same name that a notebook added before is replaced.</summary>
    /// <param name="kernel">The kernel; cells of every kernel can use the magic.</param>
    /// <param name="directive">The magic.</param>
    /// <param name="handler">The function.</param>
    /// <exception cref="ArgumentException">The kernel has a magic of this name itself.</exception>
    public static void AddDirective(this Kernel kernel, KernelActionDirective directive, Func<KernelCommand, KernelInvocationContext, Task> handler) =>
        kernel.Engine.Magics.Add(new NotebookMagic(directive, typeof(KernelDirectiveCommand), handler));

    /// <summary>Adds a magic that calls a function with what was written behind the magic's name.</summary>
    /// <typeparam name="TCommand">Takes the parameters as properties: <c>--variable-name</c> as <c>VariableName</c>.</typeparam>
    /// <param name="kernel">The kernel; cells of every kernel can use the magic.</param>
    /// <param name="directive">The magic.</param>
    /// <param name="handler">The function.</param>
    /// <exception cref="ArgumentException">The kernel has a magic of this name itself.</exception>
    public static void AddDirective<TCommand>(this Kernel kernel, KernelActionDirective directive, Func<TCommand, KernelInvocationContext, Task> handler)
        where TCommand : KernelCommand =>
        kernel.Engine.Magics.Add(new NotebookMagic(directive, typeof(TCommand), (command, context) => handler((TCommand)command, context)));

    private static IEnumerable<Kernel> SelfAndInner(Kernel kernel) => kernel is CompositeKernel composite ? composite.Prepend(kernel) : [kernel];
}
