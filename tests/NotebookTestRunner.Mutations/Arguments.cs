using System.Globalization;

namespace NotebookTestRunner.Mutations;

/// <summary>What the program is to do.</summary>
internal sealed record Arguments
{
    /// <summary>How the program is called.</summary>
    public const string Usage = """
        Usage: dotnet run --project tests/NotebookTestRunner.Mutations -- [options]
          --project NAME     only faults in this project
          --files PART       only faults in files whose path has this part
          --budget SECONDS   how long the tests of one fault may take; default 20
          --quick            without classes of tests that take long
          --parallel N       how many faults are tried at a time; default 1
          --known            try nothing: only what earlier calls, ended before their time, have found for the same code and tests, and what the last
                             whole survey has found of the rest
          --fresh            forget what earlier calls found for the same code and tests
          --write            write the table into docs/notebook-testers.md, and the findings that the ordinary tests hold on to
        """;

    /// <summary>The one project; null for all.</summary>
    public string? Project { get; init; }

    /// <summary>A part of the files' paths; null for all.</summary>
    public string? Files { get; init; }

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
                ["--files", var part, .. var rest] => (parsed with { Files = part }, rest),
                ["--budget", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => (parsed with { Budget = TimeSpan.FromSeconds(seconds) }, rest),
                ["--parallel", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => (parsed with { Parallel = number }, rest),
                ["--quick", .. var rest] => (parsed with { Quick = true }, rest),
                ["--known", .. var rest] => (parsed with { Known = true }, rest),
                ["--fresh", .. var rest] => (parsed with { Fresh = true }, rest),
                ["--write", .. var rest] => (parsed with { Write = true }, rest),
                _ => throw new ArgumentException($"'{args[0]}' is not understood, or its value is missing.\n{Usage}"),
            };
        }

        return parsed is { Write: true, Project: null, Files: null } or { Write: false }
            ? parsed
            : throw new ArgumentException($"'--write' writes the figures of all faults: leave out '--project' and '--files'.\n{Usage}");
    }
}
