namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A magic that calls a function of the notebook.</summary>
/// <param name="name">Its name, such as <c>#!flip-coin</c>.</param>
public sealed class KernelActionDirective(string name) : KernelDirective(name);
