namespace CSharpKernel.Widgets;

/// <summary>Text that is shown as HTML (ipywidgets: <c>HTML</c>).</summary>
public sealed class Html() : TextDisplay("HTML", "HTML")
{
    /// <summary>Creates one with a text.</summary>
    /// <param name="value">The HTML.</param>
    public Html(string value)
        : this() => Value = value;

    private protected override string ValueText => Display.HtmlText.Strip(Value);

    private protected override string ValueHtml => Value;
}
