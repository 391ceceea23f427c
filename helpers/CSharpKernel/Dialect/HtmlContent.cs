using CSharpKernel.Display;

namespace CSharpKernel.Dialect;

/// <summary>Text that is shown as HTML, as it is.</summary>
/// <param name="Text">The HTML.</param>
public sealed record HtmlContent(string Text)
{
    /// <summary>The forms in which the text is shown.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() =>
        new Dictionary<string, object> { [MimeTypes.Html] = Text, [MimeTypes.Plain] = HtmlText.Strip(Text) };

    /// <inheritdoc/>
    public override string ToString() => Text;
}
