using CSharpKernel.Dialect;
using CSharpKernel.Execution;

namespace Microsoft.DotNet.Interactive;

/// <summary>Something that was shown, and that can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly CellContext _cell;
    private readonly IReadOnlyCollection<string> _mimeTypes;
    private readonly bool _isRaw;

    internal DisplayedValue(CellContext cell, string displayId, IReadOnlyCollection<string> mimeTypes, bool isRaw)
    {
        _isRaw = isRaw;
        _cell = cell;
        DisplayId = displayId;
        _mimeTypes = mimeTypes;
    }

    /// <summary>The name under which front ends know the place (Jupyter messaging, "display_id"); it never changes.</summary>
    public string DisplayId { get; }

    /// <summary>What is shown.</summary>
    internal object? Value { get; set; }

    /// <summary>Shows another value in the same place, wherever in the notebook that is.</summary>
    /// <param name="updatedValue">What to show from now on.</param>
    public void Update(object? updatedValue)
    {
        Value = updatedValue;
        (CellContext.Current ?? _cell).Display(Shown.Format(_cell, updatedValue, _mimeTypes, _isRaw), DisplayId, update: true);
    }
}
