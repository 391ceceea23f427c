namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>Code that gets seeded faults, and the tests that are to notice them.</summary>
/// <param name="Assembly">The name of the project and its assembly.</param>
/// <param name="Folder">The project's folder, relative to the checkout.</param>
/// <param name="Tests">The name of the test project.</param>
/// <param name="Decisions">The files and folders with the code that decides about verdicts, relative to the project's folder.</param>
internal sealed record Subject(string Assembly, string Folder, string Tests, IReadOnlyList<string> Decisions)
{
    /// <summary>The folder of this program, relative to the checkout.</summary>
    public const string Home = "tests/NotebookTestRunner.Mutations";

    /// <summary>All there are: what compares, judges, reads marks and settings, checks, and gives the exit code.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        new("NotebookTestRunner", "tests/NotebookTestRunner", "NotebookTestRunner.Tests",
            ["Comparison", "Settings", "Checks", "Exercises", "Execution/CellJudge.cs", "Execution/CellDirectives.cs", "Execution/CellMark.cs", "Execution/CellOracle.cs", "Execution/CellLimit.cs", "Execution/NotebookRun.cs", "Execution/CheckRun.cs", "NotebookResult.cs"]),
        new("Tutorial.Cli", "helpers/Tutorial.Cli", "Tutorial.Cli.Tests", ["Reporting/Outcome.cs", "Running"]),
    ];

    /// <summary>The source files that get faults; full paths.</summary>
    public IReadOnlyList<string> DecisionFiles(string checkout) =>
    [
        .. Decisions.Select(place => Path.Combine(checkout, Folder, place))
            .SelectMany(place => File.Exists(place) ? [place] : Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.cs", SearchOption.AllDirectories) : [])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>All source files of the project; full paths.</summary>
    public IReadOnlyList<string> SourceFiles(string checkout) =>
        [.. Directory.EnumerateFiles(Path.Combine(checkout, Folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>All source files of the tests; full paths.</summary>
    public IReadOnlyList<string> TestFiles(string checkout) =>
        [.. Directory.EnumerateFiles(Path.Combine(checkout, "tests", Tests), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>The file with what became of the faults in the last whole survey.</summary>
    public string FindingsFile(string checkout) => Path.Combine(checkout, Home, "Findings", Assembly + ".tsv");

    /// <summary>The checkout's top folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The program lies in none.</exception>
    public static string FindCheckout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tutorial.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("There is no Tutorial.sln above this program: run it from a checkout.");
        return folder;
    }
}
