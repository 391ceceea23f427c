using System.Globalization;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A box in which a day is chosen; none, at the beginning.</summary>
public sealed class DatePicker : ValueWidget<DateOnly?>
{
    /// <summary>Creates an empty one.</summary>
    public DatePicker()
        : base("DatePicker") =>
        State = Property("value", null, StateCodecs.Date);

    private protected override WidgetProperty<DateOnly?> State { get; }

    private protected override string ValueText => Value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
