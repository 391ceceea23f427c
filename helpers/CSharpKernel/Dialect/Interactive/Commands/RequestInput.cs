namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Asks the user for a line of text.</summary>
/// <param name="prompt">What stands before the input box.</param>
/// <param name="inputTypeHint">What the answer must be, as for <see cref="Kernel.GetInputAsync"/>.</param>
public sealed class RequestInput(string prompt, string? inputTypeHint = null) : KernelCommand
{
    /// <summary>What stands before the input box.</summary>
    public string Prompt { get; } = prompt;

    /// <summary>What the answer must be.</summary>
    public string InputTypeHint { get; set; } = inputTypeHint ?? "text";

    /// <summary>Whether the answer is hidden.</summary>
    public bool IsPassword => InputTypeHint == "password";
}
