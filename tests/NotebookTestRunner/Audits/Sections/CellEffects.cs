using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Audits.Sections;

/// <summary>Watches what each cell writes into the working folder, and into the folder of the tracking store where that is another.</summary>
internal sealed class CellEffects : INotebookCheck
{
    private readonly Dictionary<int, IReadOnlyList<string>> byCell = [];
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private StorePaths? store;

    /// <inheritdoc/>
    public string Name => SectionsAudit.Name;

    /// <summary>Whether a full path (with forward slashes) is what the notebook wrote, or of the store that it wrote to: what is left of one is none.</summary>
    public bool IsLeftOut(string path) => written.Contains(path) || (store is { } paths && paths.Contain(path) && written.Any(paths.Contain));

    /// <summary>What a cell wrote, as paths from the working folder.</summary>
    public IReadOnlyList<string> Of(int cell) => byCell.GetValueOrDefault(cell, []);

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        store = new StorePaths(null, context);
        return Task.FromResult<NotebookCheckSession?>(new Session(this, context));
    }

    private sealed class Session(CellEffects effects, NotebookCheckContext context) : NotebookCheckSession
    {
        private FolderPicture last = Look(context, CancellationToken.None);

        public override Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken) => See(cell.Cell.Number, cancellationToken);

        public override Task<IReadOnlyList<Finding>> AfterKernelAsync(CancellationToken cancellationToken) => See(null, cancellationToken);

        private Task<IReadOnlyList<Finding>> See(int? cell, CancellationToken cancellationToken)
        {
            var now = Look(context, cancellationToken);
            var paths = last.To(now).Where(change => change.Kind != ChangeKind.Deleted).Select(change => change.Path).ToList();
            effects.written.UnionWith(paths);
            if (cell is { } number) effects.byCell[number] = [.. paths.Select(path => Path.GetRelativePath(context.WorkingDirectory, path).Replace('\\', '/'))];
            last = now;
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        }

        private static FolderPicture Look(NotebookCheckContext context, CancellationToken cancellationToken)
        {
            var folder = Path.TrimEndingDirectorySeparator(context.WorkingDirectory);
            List<WatchedPlace> places = [new(folder, Surroundings.MostInside, Hidden: true, [])];
            if (StoreLocation.Of(null, context).LocalPath is { } store && Path.GetDirectoryName(store) is { } home && Path.GetRelativePath(folder, home).StartsWith("..", StringComparison.Ordinal))
                places.Add(new(home, Surroundings.MostInside, Hidden: false, [folder]));
            return FolderPicture.Take(places, path => Surroundings.IsCache(path) || path.EndsWith(".pyc", StringComparison.Ordinal), cancellationToken);
        }
    }
}
