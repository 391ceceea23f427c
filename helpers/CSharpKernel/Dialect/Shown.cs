using CSharpKernel.Display;
using CSharpKernel.Execution;

namespace CSharpKernel.Dialect;

/// <summary>Shows values on behalf of the cell that asks.</summary>
internal static class Shown
{
    /// <summary>The cell that the caller belongs to.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static CellContext Cell => CellContext.Current
        ?? throw new InvalidOperationException("Only a notebook's cell can show values: call this from a cell.");

    /// <summary>Shows a value.</summary>
    public static DisplayedValue Show(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        var cell = Cell;
        var displayed = new DisplayedValue(cell, Guid.NewGuid().ToString("N"), mimeTypes);
        cell.Display(Format(cell, value, mimeTypes), displayed.DisplayId);
        return displayed;
    }

    /// <summary>Writes a value in the given MIME types, or in all that suit it.</summary>
    public static DisplayBundle Format(CellContext cell, object? value, IReadOnlyCollection<string> mimeTypes) =>
        mimeTypes.Count == 0 ? cell.Engine.Formatter.Format(value)
        : value is string text ? new DisplayBundle(mimeTypes.ToDictionary(mimeType => mimeType, object (_) => text))
        : cell.Engine.Formatter.Format(value, mimeTypes);
}
