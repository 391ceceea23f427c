using NotebookTestRunner.Execution;

namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>
/// Whether each cell's names are defined above it: a notebook whose cells were run out of order, or lost a cell, works only in the session it was
/// written in. C# and Python cells are read; of other languages nothing is found.
/// </summary>
public sealed class HiddenStateCheck : InspectionCheck
{
    /// <inheritdoc/>
    public override string Name => "hidden-state";

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Finding>> InspectAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        if (CellNamesReaders.For(context.Notebook, context.Options) is not { } reader) return [];
        try
        {
            var cells = context.Notebook.CodeCells.Where(cell => !CellDirectives.Read(cell).Skip).ToList();
            var names = await reader.ReadAsync(cells, cancellationToken);
            return [.. cells.Zip(names).Where(pair => !CellDirectives.Read(pair.First).RaisesException).SelectMany(pair => Find(pair.Second, names, reader))];
        }
        catch (NotebookRunException error)
        {
            return [new(Name, null, error.Message, FindingSeverity.Warning)];
        }
    }

    private IEnumerable<Finding> Find(CellNames cell, IReadOnlyList<CellNames> all, ICellNamesReader reader)
    {
        var above = all.TakeWhile(other => other.Number < cell.Number).ToList();
        var below = all.SkipWhile(other => other.Number <= cell.Number).ToList();
        foreach (var name in cell.Uses.Concat(cell.UsesLater).Distinct().Order(StringComparer.Ordinal))
        {
            if (above.Exists(other => other.Defines.Contains(name)) || (cell.Defines.Contains(name) && !cell.Uses.Contains(name))) continue;
            var isCertain = reader.IsCertainlyOfCells(name);
            var definedBelow = below.Find(other => other.Defines.Contains(name));
            if (definedBelow is not null && cell.Uses.Contains(name) && !above.Exists(other => other.IsOpen))
            {
                yield return new(
                    Name, cell.Number, $"It uses {name}, which is defined only below, in cell {definedBelow.Number}: in a fresh kernel it fails. Move one of the two, or define {name} above.",
                    isCertain ? FindingSeverity.Error : FindingSeverity.Warning);
            }
            else if (definedBelow is null && isCertain && !all.Any(other => other.IsOpen))
            {
                yield return new(
                    Name, cell.Number, $"It uses {name}, which no cell defines: the cell that did was deleted, or the name was changed. It works only in the session it was written in.");
            }
        }
    }
}
