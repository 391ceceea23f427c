using System.Globalization;
using NotebookTestRunner.Execution;

namespace NotebookTestRunner.Checks.Skipping;

/// <summary>
/// Tells of a notebook all of whose code cells say that they are to be skipped: it tests nothing, and must not pass for one that does. A warning,
/// as there are reasons to skip (a machine without a GPU); under the strict comparison it fails.
/// </summary>
public sealed class AllSkippedCheck : INotebookCheck
{
    /// <inheritdoc/>
    public string Name => "all-skipped";

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var cells = context.Notebook.CodeCells.ToList();
        if (cells.Count == 0 || !cells.All(cell => CellDirectives.Read(cell).Skip)) return Task.FromResult<NotebookCheckSession?>(null);
        var isStrict = (context.Options.Mode ?? context.Settings.Oracle.Mode) == ComparisonMode.Strict;
        var what = cells.Count == 1 ? "its only code cell is" : string.Create(CultureInfo.InvariantCulture, $"all of its {cells.Count} code cells are");
        var finding = new Finding(Name, null, $"Nothing of it is executed, so it tests nothing: {what} marked to be skipped. Take a mark out, or leave the notebook out of the run.",
            isStrict ? FindingSeverity.Error : FindingSeverity.Warning);
        return Task.FromResult<NotebookCheckSession?>(new Session(finding));
    }

    private sealed class Session(Finding finding) : NotebookCheckSession
    {
        public override Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([finding]);
    }
}
