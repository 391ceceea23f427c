using NotebookTestRunner.Checks.Budgets;
using NotebookTestRunner.Checks.CleanRun;
using NotebookTestRunner.Checks.Contracts;
using NotebookTestRunner.Checks.HiddenState;
using NotebookTestRunner.Checks.Links;
using NotebookTestRunner.Checks.Prose;
using NotebookTestRunner.Checks.Skipping;
using NotebookTestRunner.Checks.Staleness;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.FrontEnd;

namespace NotebookTestRunner.Checks;

/// <summary>The checks there are.</summary>
public static class NotebookChecks
{
    /// <summary>Those in use unless a run says otherwise. Each acts only where a notebook asks for it, by what it says or skips.</summary>
    public static IReadOnlyList<INotebookCheck> Default { get; } =
    [
        new AllSkippedCheck(),
        new BudgetCheck(),
        new FrontEndCheck(),
        new ExercisesCheck(),
        new ProseCheck(),
        // The last to look before a cell: what other checks do then is not the cell's doing.
        new ContractCheck(),
    ];

    /// <summary>Those that look at the notebook as a file, for whoever publishes it (<c>check --audit</c>). They need no kernel.</summary>
    public static IReadOnlyList<INotebookCheck> Audits { get; } = AuditsWith(new LinksCheck());

    /// <summary>The same, which also ask for the external addresses that notebooks link to.</summary>
    /// <param name="http">Asks.</param>
    public static IReadOnlyList<INotebookCheck> AuditsOnline(HttpClient http) => AuditsWith(new LinksCheck(http));

    private static IReadOnlyList<INotebookCheck> AuditsWith(LinksCheck links) => [new CleanRunCheck(), links, new HiddenStateCheck(), new StalenessCheck()];
}
