using System.Globalization;
using System.Numerics;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A bar that shows how far something has come.</summary>
/// <typeparam name="T">int or double.</typeparam>
public abstract class Progress<T> : NumberWidget<T>
    where T : struct, INumber<T>
{
    private readonly WidgetProperty<Accent> _accent;
    private readonly WidgetProperty<Orientation> _orientation;

    private protected Progress(string control)
        : base(control, T.CreateChecked(100), "Progress", "Progress")
    {
        _accent = Property("bar_style", Accent.None, StateCodecs.Choice<Accent>());
        _orientation = Property("orientation", Orientation.Horizontal, StateCodecs.Choice<Orientation>());
    }

    /// <summary>Its colour; default none (ipywidgets: <c>bar_style</c>).</summary>
    public Accent Accent { get => _accent.Value; set => _accent.Value = value; }

    /// <summary>In which direction it grows; default horizontal.</summary>
    public Orientation Orientation { get => _orientation.Value; set => _orientation.Value = value; }

    private protected override string ValueText => string.Create(CultureInfo.InvariantCulture, $"{Value} of {Maximum}");

    private protected override string ValueHtml => ProgressText.Bar(double.CreateChecked(Value - Minimum), double.CreateChecked(Maximum - Minimum)) + $" {Encode(ValueText)}";
}
