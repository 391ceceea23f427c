using System.Globalization;
using CSharpKernel.Dialect;
using CSharpKernel.Display;
using Microsoft.DotNet.Interactive;

namespace CSharpKernel.Widgets.Model;

/// <summary>
/// The bar above a loop. When the loop ends the widgets are closed, and what stays below the cell is plain HTML: a notebook of a thousand
/// loops keeps no thousand widgets alive, and reads the same without a kernel.
/// </summary>
internal sealed class LoopProgress : IDisposable
{
    private static readonly TimeSpan TextInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _description;
    private readonly int? _total;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly IntProgress _bar;
    private readonly Label _label = new();
    private readonly HBox _box;
    private readonly DisplayedValue _shown;
    private long _lastText;
    private int _count;
    private bool _isComplete;

    public LoopProgress(string description, int? total, TimeProvider time)
    {
        (_description, _total, _time) = (description, total, time);
        _start = time.GetTimestamp();
        _bar = new IntProgress { Description = description, Maximum = total ?? 1, Value = total is null ? 1 : 0, Accent = total is null ? Accent.Info : Accent.None };
        _box = new HBox(_bar, _label);
        Write();
        _shown = Shown.Show(_box, []);
    }

    /// <summary>One more item is done.</summary>
    public void Advance()
    {
        _count++;
        if (_total is not null)
            _bar.Value = _count;
        if (_time.GetElapsedTime(_lastText) >= TextInterval)
            Write();
    }

    /// <summary>All items are done.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>Leaves the last state as text.</summary>
    public void Dispose()
    {
        var state = _isComplete ? Count : $"{Count} (stopped)";
        var text = _description.Length == 0 ? state : $"{_description} {state}";
        var bar = ProgressText.Bar(_isComplete ? 1 : _count, _isComplete ? 1 : _total ?? 1);
        foreach (var widget in (Widget[])[_box, _bar, _label])
            widget.Close();
        _shown.Update(DisplayBundle.OfHtml($"<div>{HtmlText.Encode(_description)} {bar} {HtmlText.Encode(state)}</div>", text));
    }

    private string Count => _total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{_count} of {total}")
        : string.Create(CultureInfo.InvariantCulture, $"{_count}");

    private void Write()
    {
        _lastText = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_start).TotalSeconds;
        var speed = seconds > 0 ? _count / seconds : 0;
        var rest = _total is { } total && speed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(total - _count) / speed:0} s left") : "";
        _label.Value = _count == 0 ? Count : string.Create(CultureInfo.InvariantCulture, $"{Count}, {speed:0.#} per second{rest}");
    }
}
