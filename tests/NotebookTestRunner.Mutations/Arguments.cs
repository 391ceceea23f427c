using System.Globalization;
using NotebookTestRunner.Mutations.Seeding;
using NotebookTestRunner.Mutations.Surveying;

namespace NotebookTestRunner.Mutations;

/// <summary>What the program is to do.</summary>
internal sealed record Arguments
{
    /// <summary>How the program is called.</summary>
    public const string Usage = """
        Usage: dotnet run --project tests/NotebookTestRunner.Mutations -- [options]
          --project NAME     only faults in this project
          --only PART        only faults in files whose path has this part, such as Checks/Prose; can be given several times
          --unnoticed        only faults that no test has noticed yet
          --budget SECONDS   how long the tests of one fault may take; default 20
          --quick            without classes of tests that take long
          --parallel N       how many faults are tried at a time; default 1
          --known            try nothing: what earlier calls found, ended before their time or of some faults only
          --fresh            forget what earlier calls found for the same code and tests
          --write            write the table into docs/notebook-testers.md, and the findings that the ordinary tests hold on to; of faults that are
                             not chosen stands what was found before, and the table says how many were tried in the code as it is
        """;

    /// <summary>The one project; null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Parts of the files' paths; none for all files.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether faults that a test noticed in an earlier survey are left out.</summary>
    public bool Unnoticed { get; init; }

    /// <summary>How long the tests of one fault may take.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether classes of tests that take long are left out.</summary>
    public bool Quick { get; init; }

    /// <summary>How many faults are tried at a time.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Whether only earlier findings count.</summary>
    public bool Known { get; init; }

    /// <summary>Whether earlier findings are forgotten.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether the results are written into the checkout.</summary>
    public bool Write { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="ArgumentException">It is not understood.</exception>
    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        while (args.Length > 0)
        {
            (parsed, args) = args switch
            {
                ["--project", var name, .. var rest] => (parsed with { Project = name }, rest),
                ["--only", var part, .. var rest] => (parsed with { Only = [.. parsed.Only, part] }, rest),
                ["--unnoticed", .. var rest] => (parsed with { Unnoticed = true }, rest),
                ["--budget", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => (parsed with { Budget = TimeSpan.FromSeconds(seconds) }, rest),
                ["--parallel", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => (parsed with { Parallel = number }, rest),
                ["--quick", .. var rest] => (parsed with { Quick = true }, rest),
                ["--known", .. var rest] => (parsed with { Known = true }, rest),
                ["--fresh", .. var rest] => (parsed with { Fresh = true }, rest),
                ["--write", .. var rest] => (parsed with { Write = true }, rest),
                _ => throw new ArgumentException($"'{args[0]}' is not understood, or its value is missing.\n{Usage}"),
            };
        }

        return parsed;
    }

    /// <summary>Whether a fault is to be tried.</summary>
    /// <param name="subject">Its project.</param>
    /// <param name="file">Its source file, relative to the project's folder.</param>
    /// <param name="before">What an earlier survey found; null for nothing.</param>
    public bool Chooses(Subject subject, string file, Finding? before) =>
        (Project is null || Project == subject.Assembly) && (Only.Count == 0 || Only.Any(part => file.Contains(part, StringComparison.Ordinal))) && !(Unnoticed && before is { IsNoticed: true });
}
