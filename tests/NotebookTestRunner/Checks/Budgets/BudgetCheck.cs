namespace NotebookTestRunner.Checks.Budgets;

/// <summary>
/// Holds cells and notebooks to the time and memory they may take: <c>budget: {cell: {seconds: 2, megabytes: 500}, notebook: {seconds: 60}}</c> in
/// <c>notebook-test.yml</c> or a notebook's metadata, and <c>budget: {seconds: 10}</c> in a cell's for that cell alone. Without a budget it does nothing.
/// </summary>
public sealed class BudgetCheck : INotebookCheck
{
    /// <inheritdoc/>
    public string Name => "budget";

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (cell, notebook) = Budget.OfNotebook(context.Settings);
        var own = context.Notebook.Cells.Select(each => (each.Number, Budget: Budget.OfCell(context.Settings, each.Number)))
            .Where(pair => pair.Budget != Budget.None).ToDictionary(pair => pair.Number, pair => pair.Budget);
        var isAsked = context.Kernel is not null && (cell != Budget.None || notebook != Budget.None || own.Count > 0);
        return Task.FromResult<NotebookCheckSession?>(isAsked ? new Session(cell, notebook, own, context.Time) : null);
    }

    private sealed class Session(Budget cell, Budget notebook, Dictionary<int, Budget> own, TimeProvider time) : NotebookCheckSession
    {
        private readonly long started = time.GetTimestamp();
        private readonly List<long?> peaks = [];

        public override Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell executed, CancellationToken cancellationToken)
        {
            peaks.Add(executed.PeakMemory);
            // What the cell sets for itself comes before what holds for all.
            var budget = own.TryGetValue(executed.Cell.Number, out var its) ? its.Over(cell) : cell;
            return Findings(budget, executed.Duration, executed.PeakMemory, executed.Cell.Number);
        }

        public override Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken) => Findings(notebook, time.GetElapsedTime(started), peaks.Max(), null);

        private static Task<IReadOnlyList<Finding>> Findings(Budget budget, TimeSpan duration, long? memory, int? number) =>
            Task.FromResult<IReadOnlyList<Finding>>([.. budget.Excesses(duration, memory).Select(excess => new Finding("budget", number, excess))]);
    }
}
