using System.CommandLine;
using NotebookTestRunner;
using NotebookTestRunner.Parameters;
using NotebookTestRunner.Selection;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Verbs;

/// <summary>The options of <c>check</c>.</summary>
internal sealed class CheckOptions
{
    private static readonly string[] NotWithCache = ["--cell", "--filter", "--tag", "--static", "--update", "--audit", "--online", "--twice", "--sections", "--coverage"];

    private readonly Option<string?> _kernel = new("--kernel") { HelpName = "NAME", Description = "The kernel to use instead of the one each notebook names. The course's own, .net-csharp, need not be installed." };
    private readonly Option<string[]> _cell = new("--cell") { HelpName = "7", Description = "Judge these cells only (7, 2,5 or 3-6, counted over cells of every kind); those before them are executed, not judged." };
    private readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "Judge only cells whose source, or whose notebook's name, has this text (any case) or matches this /regular expression/." };
    private readonly Option<string[]> _tag = new("--tag") { HelpName = "NAME", Description = "Judge only cells with this tag." };
    private readonly Option<int?> _parallel = SharedOptions.Parallel("How many notebooks run at the same time, or 'auto' for one per processor. Default: 1.");
    private readonly Option<string[]> _parameter = new("--parameter", "-p") { HelpName = "NAME=VALUE", Description = "Set a variable after the cell tagged 'parameters', as papermill does." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Fail also on cells that were never executed as stored, on outputs that can be compared in part only, and on marks that are not needed." };
    private readonly Option<bool> _lax = new("--lax", "--no-compare") { Description = "Compare only the outputs of cells marked check-output: others fail on an error only. By default, and without `mode` in notebook-test.yml, all are compared." };
    private readonly Option<bool> _static = new("--static") { Description = "Execute nothing: only what can be judged from the file." };
    private readonly Option<bool> _update = SharedOptions.Update();
    private readonly Option<bool> _cache = new("--cache") { Description = "Do not run notebooks again that passed and did not change since, nor anything they are known to depend on; they are told. Kept in artifacts/cache/notebooks: delete it to forget." };
    private readonly Option<TimeSpan?> _timeout = SharedOptions.Timeout("--timeout");
    private readonly Option<TimeSpan?> _notebookTimeout = SharedOptions.Timeout("--notebook-timeout");
    private readonly Option<TimeSpan?> _startTimeout = SharedOptions.Timeout("--start-timeout");
    private readonly Option<TimeSpan?> _runTimeout = SharedOptions.Timeout("--run-timeout");
    private readonly Option<string?> _report = new("--report") { HelpName = "DIR", Description = "Where report.html, junit.xml and history.json (durations, for the next run) are written. Default: artifacts/report/check in the course's folder." };
    private readonly Option<string?> _html = SharedOptions.File("--html", "The page for people there instead.");
    private readonly Option<string?> _junit = SharedOptions.File("--junit", "JUnit XML there instead.");
    private readonly Option<string?> _trx = SharedOptions.File("--trx", "A TRX file too, as dotnet test and Azure DevOps read it.");
    private readonly Option<string?> _json = SharedOptions.File("--json", "A JSON file too.");
    private readonly Option<string?> _sarif = SharedOptions.File("--sarif", "What failed as SARIF too, as code scanning and editors read it.");
    private readonly Option<string?> _markdown = SharedOptions.File("--markdown", "A summary in Markdown too.");
    private readonly Option<bool> _github = new("--github") { Description = "Print failures as GitHub's annotations, and add the summary to its page of the workflow." };

    /// <summary>Makes the options.</summary>
    public CheckOptions()
    {
        _timeout.Description = "How long a cell may run that does not say so itself. Default: 120.";
        _notebookTimeout.Description = "How long a notebook may take as a whole. Default: no limit.";
        _startTimeout.Description = "How long a kernel may take until it answers. Default: 60.";
        _runTimeout.Description = "How long all notebooks together may take; what is not done by then is stopped and told. Default: no limit.";
        Check(_cell, CellSelection.ReadNumbers);
        Check(_filter, CellSelection.ReadFilter);
        Check(_parameter, NotebookParameters.ReadOne);
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        _kernel, _cell, _filter, _tag, _parallel, _parameter, _strict, _lax, _static, _update, _cache, _timeout, _notebookTimeout, _startTimeout, _runTimeout,
        _report, _html, _junit, _trx, _json, _sarif, _markdown, _github,
    ];

    /// <summary>Adds what must hold between them.</summary>
    public void AddRules(Command command) => command.Validators.Add(result =>
    {
        if (result.GetValue(_strict) && result.GetValue(_lax))
            result.AddError("--strict and --lax exclude each other.");
        if (result.GetValue(_static) && result.GetValue(_update))
            result.AddError("--static executes nothing, so there is nothing to --update.");
        if (result.GetValue(_cache) && command.Options.Where(option => option != _cache && NotWithCache.Contains(option.Name)).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
            result.AddError($"--cache takes the verdict of whole runs that passed, so it cannot be used with {other.Name}.");
    });

    /// <summary>How a notebook is run.</summary>
    public RunOptions Run(ParseResult parsed)
    {
        var usual = new RunOptions();
        return usual with
        {
            KernelName = parsed.GetValue(_kernel),
            CellTimeout = parsed.GetValue(_timeout),
            NotebookTimeout = parsed.GetValue(_notebookTimeout),
            StartupTimeout = parsed.GetValue(_startTimeout) ?? usual.StartupTimeout,
            Mode = parsed.GetValue(_strict) ? ComparisonMode.Strict : parsed.GetValue(_lax) ? ComparisonMode.Lax : null,
            Update = parsed.GetValue(_update),
            Selection = Selection(parsed),
            Parameters = NotebookParameters.Read(parsed.GetValue(_parameter) ?? []),
        };
    }

    /// <summary>How many notebooks run at the same time.</summary>
    public int Parallel(ParseResult parsed) => parsed.GetValue(_parallel) ?? 1;

    /// <summary>How long all notebooks together may take; null for no limit.</summary>
    public TimeSpan? RunTimeout(ParseResult parsed) => parsed.GetValue(_runTimeout);

    /// <summary>Whether nothing is executed.</summary>
    public bool IsStatic(ParseResult parsed) => parsed.GetValue(_static);

    /// <summary>Whether notebooks that passed and did not change are not run again.</summary>
    public bool Cache(ParseResult parsed) => parsed.GetValue(_cache);

    /// <summary>Whether GitHub is told.</summary>
    public bool GitHub(ParseResult parsed) => parsed.GetValue(_github);

    /// <summary>The reports asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">Where relative paths are taken from.</param>
    public ReportFiles Reports(ParseResult parsed, CliContext context)
    {
        const string title = "Notebook report";
        var folder = parsed.GetValue(_report) is { } asked ? Path.GetFullPath(asked, context.WorkingDirectory) : Path.Combine(context.Checkout.Report, "check");
        string? Asked(Option<string?> option) => parsed.GetValue(option) is { } file ? Path.GetFullPath(file, context.WorkingDirectory) : null;
        ReportFile[] further =
        [
            .. Asked(_trx) is { } trx ? [ReportFiles.Trx(trx, title)] : Array.Empty<ReportFile>(),
            .. Asked(_json) is { } json ? [ReportFiles.Json(json, title)] : Array.Empty<ReportFile>(),
            .. Asked(_sarif) is { } sarif ? [ReportFiles.Sarif(sarif, context.GitHubWorkspace ?? context.WorkingDirectory)] : Array.Empty<ReportFile>(),
            .. Asked(_markdown) is { } markdown ? [ReportFiles.Markdown(markdown, title)] : Array.Empty<ReportFile>(),
        ];
        var files = new[]
        {
            ReportFiles.Html(Asked(_html) ?? Path.Combine(folder, "report.html"), title),
            ReportFiles.JUnit(Asked(_junit) ?? Path.Combine(folder, "junit.xml")),
        };
        return new ReportFiles([.. files, .. further], Path.Combine(folder, "history.json"), context.Time);
    }

    /// <summary>Which cells are judged; null for all.</summary>
    private CellSelection? Selection(ParseResult parsed)
    {
        var selection = new CellSelection
        {
            Cells = [.. (parsed.GetValue(_cell) ?? []).SelectMany(CellSelection.ReadNumbers)],
            Tags = parsed.GetValue(_tag) ?? [],
            Filter = parsed.GetValue(_filter) is { } filter ? CellSelection.ReadFilter(filter) : null,
        };
        return selection.IsEverything ? null : selection;
    }

    /// <summary>Has a value of an option that is not understood told as wrong usage.</summary>
    private static void Check<T>(Option option, Func<string, T> read) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            try
            {
                read(token.Value);
            }
            catch (NotebookRunException fault)
            {
                result.AddError(fault.Message);
            }
        }
    });
}
