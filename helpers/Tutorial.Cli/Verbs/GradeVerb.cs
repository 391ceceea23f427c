using System.CommandLine;
using System.Globalization;
using NotebookTestRunner;
using NotebookTestRunner.Resources;
using NotebookTestRunner.Series;
using Spectre.Console;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Grading;
using Tutorial.Cli.Reporting;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Verbs;

/// <summary><c>grade</c>: says of a class's submissions which exercises are right.</summary>
internal static class GradeVerb
{
    private const double LeastMemory = 200, UsualMemory = 3_000, MostMemory = 1e6;
    private static readonly TimeSpan s_usualTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var folder = new Argument<string>("folder") { Description = "The folder with one sub-folder, .zip file or notebook for each student, or the .zip file that Moodle gives for all." };
        var lessons = new Option<string[]>("--lesson") { HelpName = "02", Description = "Grade this lesson only, by number or name; may be given several times. Default: those that somebody handed in." };
        var sources = new Option<string?>("--sources") { HelpName = "DIR", Description = "Grade by the authors' notebooks NAME.source.ipynb in this folder. Default: the course's." };
        var parallel = SharedOptions.Parallel("How many answers run at the same time, or 'auto' for one per processor. Default: auto.");
        var timeout = SharedOptions.Timeout();
        timeout.Description = "How long an answer, and its check, may run. Default: 60.";
        var memory = Memory();
        var report = new Option<string?>("--report") { HelpName = "DIR", Description = "Where grades.html, grades.csv and the pages of the answers are written. Default: artifacts/report/grade in the course's folder." };
        var html = SharedOptions.File("--html", "The overview there instead; the pages of the answers go beside it.");
        var csv = SharedOptions.File("--csv", "One line for each student there instead.");
        var json = SharedOptions.File("--json", "A JSON file too.");
        var command = new Command("grade", "Say which exercises are right in the notebooks that students handed in. Their answers are run in the lesson as its authors keep it, and judged by its own checks.")
        {
            folder, lessons, sources, parallel, timeout, memory, report, html, csv, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            string Full(string path) => Path.GetFullPath(path, context.WorkingDirectory);
            var all = await Reading(() => GradedLesson.ReadAllAsync(parsed.GetValue(sources) is { } asked ? Full(asked) : context.Checkout.LessonSources));
            var reports = parsed.GetValue(report) is { } place ? Full(place) : Path.Combine(context.Checkout.Report, "grade");
            var overview = parsed.GetValue(html) is { } file ? Full(file) : Path.Combine(reports, "grades.html");
            var pages = $"{Path.GetFileNameWithoutExtension(overview)}-answers";
            var book = Gradebook.Of(SubmissionReader.ReadAll(Full(parsed.GetRequiredValue(folder))), all, Lessons(parsed.GetValue(lessons) ?? [], all), pages);
            // Once for all: where the kernel is missing, one sentence is enough.
            PrivateKernel.Prepare(context.Checkout);
            using var work = new GradingFolder(context.Checkout);
            foreach (var (number, attempt) in book.Attempts.Index())
                await work.AddAsync(attempt, number, parsed.GetValue(timeout) ?? s_usualTimeout);
            await work.BuildProgramsAsync(book.Lessons, context.Error.WriteLine, stop);
            if (!Confinement.IsPossible)
                await context.Error.WriteLineAsync("Answers are not confined on this system: a submission can write wherever you can. Grade in a container, or on Linux 5.13 or newer.");

            IReadOnlyList<NotebookResult> results = [];
            var count = parsed.GetValue(parallel) ?? Environment.ProcessorCount;
            var bytes = (long)((parsed.GetValue(memory) ?? UsualMemory) * 1e6);
            var exitCode = await JobRunner.RunAsync(new NotebookJob
            {
                Notebooks = [.. book.Attempts.Select(attempt => attempt.Path)],
                Series = new SeriesOptions { OptionsFor = notebook => work.OptionsFor(notebook, bytes), Parallel = count, WarmKernels = count },
                Reports = new ReportFiles(
                [
                    GradeReports.Html(overview, book),
                    GradeReports.Csv(parsed.GetValue(csv) is { } table ? Full(table) : Path.Combine(reports, "grades.csv"), book),
                    GradeReports.Pages(Path.Combine(Path.GetDirectoryName(overview)!, pages), book),
                    .. parsed.GetValue(json) is { } data ? [GradeReports.Json(Full(data), book)] : Array.Empty<ReportFile>(),
                ], null, context.Time),
                Table = (console, done) => GradesTable.Write(console, book.Lessons, book.Grade(results = done)),
            }, context, stop);
            return (int)await JudgeAsync(exitCode, book, results, context);
        });
        return command;
    }

    private static async Task<ExitCode> JudgeAsync(ExitCode exitCode, Gradebook book, IReadOnlyList<NotebookResult> results, CliContext context)
    {
        if (exitCode == ExitCode.Interrupted)
            return exitCode;
        foreach (var (lesson, reason) in book.Doubtful(results))
            await context.Error.WriteLineAsync($"Do not believe the grades of {lesson.Name}: the lesson's own solution is not right here. {reason}");
        var states = book.Grade(results).SelectMany(student => student.Grades).Select(grade => grade.State).ToHashSet();
        return exitCode == ExitCode.CouldNotRun || book.Doubtful(results).Count > 0 || states.Contains(GradeState.NotGraded) ? ExitCode.CouldNotRun
            : states.IsSubsetOf([GradeState.Right]) ? ExitCode.Success
            : ExitCode.CellFailed;
    }

    private static GradedLesson[] Lessons(IEnumerable<string> asked, IReadOnlyList<GradedLesson> all) =>
    [
        .. asked.Select(name => all.Where(lesson => lesson.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList() is [var lesson] ? lesson
            : throw new CliException($"There is no one lesson '{name}'. Lessons with exercises are: {string.Join(", ", all.Select(lesson => lesson.Name))}.")).Distinct(),
    ];

    private static async Task<T> Reading<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (NotebookRunException fault)
        {
            throw new CliException(fault.Message, fault);
        }
    }

    private static Option<double?> Memory() => new("--memory")
    {
        HelpName = "MB",
        Description = "How much memory the kernel of an answer may hold, in megabytes. Default: 3000.",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var megabytes) && megabytes is >= LeastMemory and <= MostMemory)
                return megabytes;
            result.AddError(FormattableString.Invariant($"'{text}' is no amount of memory: give --memory a number of megabytes, {LeastMemory} or more."));
            return null;
        },
    };
}
