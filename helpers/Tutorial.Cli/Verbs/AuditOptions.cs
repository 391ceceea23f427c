using System.CommandLine;
using NotebookTestRunner.Checks;

namespace Tutorial.Cli.Verbs;

/// <summary>The options of <c>check</c> about what is examined beside the outputs.</summary>
internal sealed class AuditOptions
{
    private static readonly string[] NotWithSections = ["--cell", "--filter", "--tag", "--static", "--update", "--twice"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Option<bool> _audit = new("--audit") { Description = "Examine the files too, as who publishes them should: one clean run, links and pictures, names defined above, fresh outputs, no paths or secrets. With --static always." };
    private readonly Option<bool> _online = new("--online") { Description = "With --audit: ask for the external addresses that the notebooks link to." };
    private readonly Option<bool> _twice = new("--twice") { Description = "Run each notebook twice and fail cells that show something else the second time, whatever is stored." };
    private readonly Option<bool> _sections = new("--sections") { Description = "Run each section (a heading of level 2 and the code below it) also by itself, after the cells only that it names or says it needs, in a copy of the folder without what the notebook wrote." };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_audit, _online, _twice, _sections];

    /// <summary>Adds what must hold between them and other options.</summary>
    public void AddRules(Command command) => command.Validators.Add(result =>
    {
        if (result.GetValue(_sections) && command.Options.Where(option => NotWithSections.Contains(option.Name)).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
            result.AddError($"--sections runs whole notebooks and each of their sections as they are, so it cannot be used with {other.Name}.");
    });

    /// <summary>Whether sections are also run by themselves.</summary>
    public bool Sections(ParseResult parsed) => parsed.GetValue(_sections);

    /// <summary>Whether each notebook is run twice.</summary>
    public bool Twice(ParseResult parsed) => parsed.GetValue(_twice);

    /// <summary>The checks asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isStatic">Whether nothing is executed.</param>
    public IReadOnlyList<INotebookCheck> Checks(ParseResult parsed, bool isStatic)
    {
        if (!parsed.GetValue(_audit) && !parsed.GetValue(_online) && !isStatic)
            return NotebookChecks.Default;
        return [.. NotebookChecks.Default, .. parsed.GetValue(_online) ? NotebookChecks.AuditsOnline(new HttpClient { Timeout = Patience }) : NotebookChecks.Audits];
    }
}
