using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Jupyter.Formatting;

/// <summary>A formula in the language of LaTeX's mathematics, without the signs around it.</summary>
/// <param name="latexCode">The formula.</param>
public class MathString(string latexCode) : LaTeXString($"$${latexCode}$$")
{
    /// <summary>Text that is written as a formula.</summary>
    public static implicit operator MathString(string source) => new(source);
}
