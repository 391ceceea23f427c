namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>What a magic's function is given when the notebook has no command of its own for it.</summary>
public sealed class KernelDirectiveCommand : KernelCommand;
