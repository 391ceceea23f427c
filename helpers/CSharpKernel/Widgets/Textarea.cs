using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box in which several lines of text are typed.</summary>
public sealed class Textarea : TextWidget
{
    private readonly WidgetProperty<int?> _rows;

    /// <summary>Creates an empty one.</summary>
    public Textarea()
        : base("Textarea") =>
        _rows = Property("rows", null, StateCodecs.Index);

    /// <summary>How many lines are seen at once; null leaves that to the page.</summary>
    public int? Rows { get => _rows.Value; set => _rows.Value = value; }

    private protected override string ValueHtml => $"<pre>{Encode(Value)}</pre>";
}
