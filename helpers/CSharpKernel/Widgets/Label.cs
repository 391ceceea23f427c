namespace CSharpKernel.Widgets;

/// <summary>A line of text.</summary>
public sealed class Label() : TextDisplay("Label", "Label")
{
    /// <summary>Creates one with a text.</summary>
    /// <param name="value">The text.</param>
    public Label(string value)
        : this() => Value = value;

    private protected override string ValueHtml => Encode(Value);
}
