namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A formula in LaTeX, which front ends typeset.</summary>
/// <param name="latexCode">The LaTeX.</param>
public class LaTeXString(string latexCode)
{
    /// <summary>The forms in which the formula is shown.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() =>
        new Dictionary<string, object> { ["text/latex"] = latexCode, [PlainTextFormatter.MimeType] = latexCode };

    /// <summary>Text that is written as a formula: <c>(LaTeXString)@"\frac{1}{2}"</c>.</summary>
    public static implicit operator LaTeXString(string source) => new(source);

    /// <inheritdoc/>
    public override string ToString() => latexCode;
}
