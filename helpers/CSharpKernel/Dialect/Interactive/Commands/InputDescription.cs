namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>One of several questions to the user.</summary>
/// <param name="name">The answer's name.</param>
/// <param name="prompt">What stands before the input box.</param>
public sealed class InputDescription(string name, string? prompt = null)
{
    /// <summary>The answer's name.</summary>
    public string Name { get; } = name;

    /// <summary>What stands before the input box.</summary>
    public string Prompt { get; } = prompt ?? name;

    /// <summary>What the answer must be, as for <see cref="Kernel.GetInputAsync"/>.</summary>
    public string TypeHint { get; set; } = "text";

    /// <summary>The name under which a front end may keep the answer; Jupyter's keep none.</summary>
    public string? SaveAs { get; set; }
}
