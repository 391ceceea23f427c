using System.Globalization;
using MLflowSharp;
using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Checks.Contracts.Store;
using NotebookTestRunner.Checks.Tracking;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Contracts;

/// <summary>The contract of one notebook while it runs: looks before and after what has promises, and compares.</summary>
internal sealed class ContractSession(string name, Contract contract, NotebookCheckContext context, TimeSpan patience, int mostEntries) : NotebookCheckSession
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly IRunningKernel kernel = context.Kernel!;

    // Of a kernel that has ended the number cannot be asked any more.
    private readonly int kernelId = context.Kernel!.ProcessId;
    private readonly Surroundings surroundings = new(context, contract, mostEntries);
    private readonly HashSet<string> cutShort = new(StringComparer.Ordinal);
    private readonly HashSet<int> executed = [];
    private readonly Dictionary<(int, string), ProcessEntry> seen = [];
    private readonly HashSet<int> ports = [];
    private readonly string? marker = KernelMarker.Of(context.Kernel!.ProcessId);
    private Snapshot? atStart;
    private Snapshot? before;
    private bool kernelLost;

    /// <summary>Looks before the first cell.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (contract.Notebook.Count > 0) atStart = await LookAsync(contract.Notebook, cancellationToken);
    }

    public override async Task<IReadOnlyList<Finding>> BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken)
    {
        before = null;
        if (contract.Cells.Contains(cell.Number)) before = await LookAsync(contract.Cells[cell.Number], cancellationToken);
        return [];
    }

    public override async Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken)
    {
        executed.Add(cell.Cell.Number);
        kernelLost |= cell.KernelLost;
        Remember();
        // Of a cell that went wrong by surprise nothing is expected; its error is told already.
        if (kernelLost || before is null || (cell.Error is not null && !CellDirectives.Read(cell.Cell).RaisesException)) return [];
        return Findings(cell.Cell.Number, await CompareAsync(contract.Cells[cell.Cell.Number], before, isComplete: true, cancellationToken));
    }

    public override async Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken)
    {
        Remember();
        if (atStart is null) return [.. TooLarge()];
        var isComplete = !kernelLost && context.Notebook.CodeCells.All(cell => executed.Contains(cell.Number) || CellDirectives.Read(cell).Skip);
        var findings = Findings(null, await CompareAsync(contract.Notebook, atStart, isComplete, cancellationToken));
        return [.. findings, .. TooLarge()];
    }

    public override async Task<IReadOnlyList<Finding>> AfterKernelAsync(CancellationToken cancellationToken) =>
        Findings(null, await SettleAsync(() => Task.FromResult<IReadOnlyList<Violation>>(
            [.. contract.Notebook.Select(terms => terms.Machine).OfType<MachineTerms>().SelectMany(machine => MachineJudge.JudgeEnd(machine, seen.Values, kernelId, ports, marker))]), cancellationToken));

    private async Task<Snapshot> LookAsync(IEnumerable<Terms> promises, CancellationToken cancellationToken)
    {
        var all = promises.ToList();
        // Files first: to look into a database may leave files beside it for a moment.
        var files = all.Exists(terms => terms.Files is not null) ? LookAtFiles(cancellationToken) : null;
        var machine = await LookAtMachineAsync(all, cancellationToken);
        StoreMark? mark = null;
        if (all.Exists(terms => terms.Store is not null))
        {
            using var store = await ReadStoreAsync(cancellationToken);
            mark = StoreMark.Of(store);
        }
        return new(files, mark, machine);
    }

    private FolderPicture LookAtFiles(CancellationToken cancellationToken)
    {
        var files = surroundings.Look(cancellationToken);
        cutShort.UnionWith(files.CutShort.Where(place => place.IsAskedFor).Select(place => place.Path));
        return files;
    }

    /// <summary>What was not looked at, though the contract is about it: nothing is known of it, good or bad.</summary>
    private IEnumerable<Finding> TooLarge() => cutShort.Order(StringComparer.Ordinal).Select(folder => new Finding(
        name, null, string.Create(CultureInfo.InvariantCulture, $"files: {folder} holds more than the {mostEntries} files and folders that are looked at: what lies deepest was not. Run the notebook in a smaller folder, or watch a part of this one"),
        FindingSeverity.Warning));

    private async Task<MachinePicture?> LookAtMachineAsync(List<Terms> promises, CancellationToken cancellationToken)
    {
        if (kernelLost || !promises.Exists(terms => terms.Machine is not null)) return null;
        return await MachinePicture.TakeAsync(kernel, kernelId, marker, promises.Exists(terms => terms.Machine is { AsksKernel: true }), cancellationToken);
    }

    private async Task<IReadOnlyList<Violation>> CompareAsync(IEnumerable<Terms> promises, Snapshot start, bool isComplete, CancellationToken cancellationToken)
    {
        var all = promises.ToList();
        List<Violation> violations = [];
        if (start.Files is { } files)
        {
            var now = LookAtFiles(cancellationToken);
            var judge = new FileJudge(surroundings);
            foreach (var terms in all.Select(terms => terms.Files).OfType<FileTerms>()) violations.AddRange(await judge.JudgeAsync(terms, files, now, isComplete));
        }
        if (!isComplete) return violations;
        if (start.Machine is { } machine) violations.AddRange(await SettleAsync(() => CompareMachineAsync(all, machine, isCell: !ReferenceEquals(start, atStart), cancellationToken), cancellationToken));
        if (start.Store is { } mark) violations.AddRange(await SettleAsync(() => CompareStoreAsync(all, mark, cancellationToken), cancellationToken));
        return violations;
    }

    // What is left when the kernel has ended is told then; until then a notebook may use what it opened.
    private async Task<IReadOnlyList<Violation>> CompareMachineAsync(List<Terms> promises, MachinePicture start, bool isCell, CancellationToken cancellationToken) =>
        await LookAtMachineAsync(promises, cancellationToken) is { } now
            ? [.. promises.Select(terms => terms.Machine).OfType<MachineTerms>().SelectMany(terms => isCell ? MachineJudge.Judge(terms, start, now) : MachineJudge.JudgeState(terms, start, now))]
            : [];

    private async Task<IReadOnlyList<Violation>> CompareStoreAsync(List<Terms> promises, StoreMark mark, CancellationToken cancellationToken)
    {
        List<Violation> violations = [];
        using var store = await ReadStoreAsync(cancellationToken);
        foreach (var terms in promises.Select(terms => terms.Store).OfType<StoreTerms>()) violations.AddRange(await StoreJudge.JudgeAsync(terms, mark, store, cancellationToken));
        return violations;
    }

    /// <summary>Looks until everything is as promised, or stays as it is.</summary>
    private async Task<IReadOnlyList<Violation>> SettleAsync(Func<Task<IReadOnlyList<Violation>>> look, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var violations = await look();
            if (violations.Count == 0 || context.Time.GetElapsedTime(began) >= patience) return violations;
            await Task.Delay(Pause, context.Time, cancellationToken);
        }
    }

    private async Task<StoreReading> ReadStoreAsync(CancellationToken cancellationToken)
    {
        var location = StoreLocation.Of(contract.StoreUri, context);
        try
        {
            return await StoreReading.ReadAsync(location, cancellationToken);
        }
        catch (MlflowException error)
        {
            throw new NotebookRunException($"The contract is about the tracking store, which cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Keeps in mind what the kernel started, to know it again when the kernel has ended.</summary>
    private void Remember()
    {
        if (kernelLost || !contract.Notebook.Any(terms => terms.Machine is not null)) return;
        var tree = ProcessTable.Tree(kernelId, marker);
        foreach (var process in tree) seen[(process.Id, process.Started)] = process;
        ports.UnionWith(Listeners.Of(tree));
    }

    private IReadOnlyList<Finding> Findings(int? cell, IEnumerable<Violation> violations) => [.. violations.Select(violation => new Finding(name, cell, violation.ToString()))];
}
