using CSharpKernel.Display;
using CSharpKernel.Execution;
using CSharpKernel.Widgets;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace CSharpKernel.Dialect;

/// <summary>Shows values on behalf of the cell that asks.</summary>
internal static class Shown
{
    /// <summary>The cell that the caller belongs to.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static CellContext Cell => CellContext.Current
        ?? throw new InvalidOperationException("Only a notebook's cell can show values: call this from a cell.");

    /// <summary>Shows a value.</summary>
    public static DisplayedValue Show(object? value, IReadOnlyCollection<string> mimeTypes) => Show(value, mimeTypes, isRaw: false);

    /// <summary>Shows text as it is.</summary>
    public static DisplayedValue ShowAs(string text, string mimeType) => Show(text, [mimeType], isRaw: true);

    // A widget is alive on the page, but what is stored of it is text: its last.
    private static void Refresh(CellContext cell, DisplayBundle before, object value, DisplayedValue displayed)
    {
        if (!before.Data.ContainsKey(MimeTypes.Widget) || !ReferenceEquals(displayed.Value, value))
            return;
        var now = cell.Engine.Formatter.Format(value);
        if (!Equals(now.Data[MimeTypes.Html], before.Data[MimeTypes.Html]) || !now.Data.ContainsKey(MimeTypes.Widget))
            cell.Display(now, displayed.DisplayId, update: true);
    }

    /// <summary>Writes a value in the given MIME types, or in all that suit it.</summary>
    /// <param name="cell">The cell that shows it.</param>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types; none for all that suit the value.</param>
    /// <param name="isRaw">Whether text is in the MIME type already.</param>
    public static DisplayBundle Format(CellContext cell, object? value, IReadOnlyCollection<string> mimeTypes, bool isRaw) =>
        mimeTypes.Count == 0 ? cell.Engine.Formatter.Format(value)
        : isRaw && value is string text ? new DisplayBundle(mimeTypes.ToDictionary(mimeType => mimeType, mimeType => MimeContent.Of(mimeType, text)))
        : cell.Engine.Formatter.Format(value, mimeTypes);

    private static DisplayedValue Show(object? value, IReadOnlyCollection<string> mimeTypes, bool isRaw)
    {
        var cell = Cell;
        var displayed = new DisplayedValue(cell, Guid.NewGuid().ToString("N"), mimeTypes, isRaw) { Value = value };
        var bundle = Format(cell, value, mimeTypes, isRaw);
        cell.Display(bundle, displayed.DisplayId);
        if (value is Widget)
            cell.Refreshes.Enqueue(() => Refresh(cell, bundle, value, displayed));
        cell.Invocation?.Record(new DisplayedValueProduced(value, cell.Invocation.Command, displayed.DisplayId));
        return displayed;
    }
}
