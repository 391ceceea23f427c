using System.Text.Json.Nodes;
using CSharpKernel.Dialect;
using CSharpKernel.Execution;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>
/// An area that takes what code prints and shows, instead of the place below the cell: <c>using (output.Capture()) Console.WriteLine("here");</c>
/// </summary>
public sealed class Output : VisibleWidget
{
    private readonly WidgetProperty<JsonArray> _outputs;
    private readonly OutputLog _log = new();

    /// <summary>Creates an empty area.</summary>
    public Output()
        : base(ModelNames.Output) =>
        _outputs = Property<JsonArray>("outputs", [], StateCodecs.Json);

    /// <summary>Takes what the calling code, and all that it starts, prints and shows, until what is returned is disposed.</summary>
    public IDisposable Capture()
    {
        var cell = Shown.Cell;
        cell.Flush();
        var captured = cell.Continue(cell.CancellationToken, new CapturedOutput(this, cell.Output));
        captured.EnterBeside();
        return new Captured(cell, captured);
    }

    /// <summary>Shows a value in the area.</summary>
    /// <param name="value">What to show; any object.</param>
    public void Append(object? value)
    {
        using (Capture())
            Shown.Show(value, []);
    }

    /// <summary>Empties the area.</summary>
    public void Clear() => Change(log => log.Clear());

    /// <inheritdoc/>
    public override string ToString() => OutputLog.ToText(_outputs.Value);

    internal override string ToHtml() => OutputLog.ToHtml(_outputs.Value);

    internal void Change(Action<OutputLog> change) => _outputs.Value = _log.Change(change);

    private sealed class Captured(CellContext outer, CellContext inner) : IDisposable
    {
        public void Dispose()
        {
            inner.Flush();
            outer.EnterBeside();
        }
    }
}
