using NotebookTestRunner.Checks.Prose.Sources;
using NotebookTestRunner.Execution;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>The claims of one notebook, each judged once, at its moment.</summary>
internal sealed class ProseSession(string name, IReadOnlyList<Claim> claims, NotebookCheckContext context) : NotebookCheckSession
{
    private readonly List<Claim> open = [.. claims];
    private readonly Dictionary<int, IReadOnlyList<CellOutput>> outputs = [];
    private readonly List<(Claim Claim, ClaimRewrite Rewrite)> rewrites = [];
    private bool kernelLost;

    public override Task<IReadOnlyList<Finding>> BeforeCellAsync(NotebookCell cell, CancellationToken cancellationToken) =>
        JudgeAsync(claim => claim.Moment == ClaimMoment.Here && claim.Cell.Number < cell.Number, cancellationToken);

    public override async Task<IReadOnlyList<Finding>> AfterCellAsync(ExecutedCell cell, CancellationToken cancellationToken)
    {
        outputs[cell.Cell.Number] = cell.Outputs;
        kernelLost |= cell.KernelLost;
        return await JudgeAsync(claim => claim.Moment.After?.Number == cell.Cell.Number, cancellationToken);
    }

    public override async Task<IReadOnlyList<Finding>> EndAsync(CancellationToken cancellationToken)
    {
        if (context.Kernel is null)
        {
            var findings = await JudgeAsync(claim => !claim.Source.NeedsRun, cancellationToken);
            return open.Count == 0
                ? findings
                : [.. findings, new Finding(name, null, claims.Count == 1 ? "The claim in the text can be judged only when the notebook is executed." : $"Of the {claims.Count} claims in the text, {open.Count} can be judged only when the notebook is executed.", FindingSeverity.Warning)];
        }
        // What stands behind cells that were not run may speak of what they would have done.
        var reached = context.Notebook.CodeCells.Where(cell => !outputs.ContainsKey(cell.Number) && !CellDirectives.Read(cell).Skip)
            .Select(cell => cell.Number).DefaultIfEmpty(int.MaxValue).Min();
        var last = await JudgeAsync(claim => claim.Moment switch
        {
            { AtEnd: true } => reached == int.MaxValue,
            { After: not null } => false,
            _ => claim.Cell.Number < reached,
        }, cancellationToken);
        foreach (var cell in rewrites.GroupBy(change => change.Claim.Cell))
        {
            // From the back, so that places before stay where they are.
            foreach (var (_, rewrite) in cell.OrderByDescending(change => change.Rewrite.Start)) cell.Key.Source = rewrite.Apply(cell.Key.Source);
        }
        rewrites.Clear();
        return last;
    }

    private async Task<IReadOnlyList<Finding>> JudgeAsync(Func<Claim, bool> isDue, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        var scene = new ClaimScene(context, outputs);
        foreach (var claim in open.Where(isDue).ToList())
        {
            // A kernel that is gone is told by its cell.
            if (kernelLost && claim.Source.NeedsRun) continue;
            open.Remove(claim);
            var verdict = ClaimJudge.Judge(claim, await claim.Source.AskAsync(scene, claim.Subject, cancellationToken));
            if (verdict is null) continue;
            if (context.Options.Update && verdict.Rewrite is { } rewrite)
            {
                rewrites.Add((claim, rewrite));
                findings.Add(new(name, claim.Cell.Number, $"Rewritten: {verdict.Change}", FindingSeverity.Warning));
            }
            else
            {
                findings.Add(new(name, claim.Cell.Number, verdict.Message));
            }
        }
        return findings;
    }
}
