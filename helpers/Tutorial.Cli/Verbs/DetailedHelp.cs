using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tutorial.Cli.Verbs;

/// <summary>The library's help, followed by what does not fit into a list of options.</summary>
internal sealed class DetailedHelp : SynchronousCommandLineAction
{
    private const string Directives = """
        Cells:
          A cell says how it is judged in comments in its first lines, or in tags:
            // test: skip               not executed (skip-execution, nbval-skip)
            // test: ignore-output      outputs not compared (nbval-ignore-output)
            // test: check-output       compared even with --no-compare
                                        (nbval-check-output)
            // test: raises [TYPE] ["PART"|/PATTERN/]
                                        must end with an error of this type whose
                                        message holds this (raises-exception)
            // test: timeout SECONDS    its own time limit
            // test: tolerance 0.02     numbers may differ by this share
            // test: tolerance abs 0.1  … or by this much
            // test: similarity 0.8     how alike pictures must be, 0 to 1
            // test: normalize NAME…    mask run-name, whitespace, unicode, thousands,
                                        case or numbers too
            // test: no-normalize NAME… do not mask times, paths, …
            // test: needs above        with --sections: its section needs all above it
            // test: needs section HEADING
                                        … or this section
          Times, dates, run ids, GUIDs, ports and absolute paths are masked.
          A file notebook-test.yml sets the same for a folder:
          tests/NotebookTestRunner/README.md lists what.

        """;

    private const string ExitCodes = """
        Exit codes:
          0  all went well, every cell passed
          1  a cell failed, `grade` found an exercise that is not right, or
             `doctor` or `kernel doctor` found something
          2  something could not be run or written (usage, no kernel, no notebook,
             no permission, disk full); the message says what to do
          130  interrupted; the reports hold what is known

        """;

    private readonly HelpAction _help = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts this help in place of a command's and its subcommands' plain one.</summary>
    public static RootCommand AddTo(RootCommand command)
    {
        command.Options.OfType<HelpOption>().Single().Action = new DetailedHelp();
        return command;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var result = _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command.Name is "run" or "check")
            output.WriteLine(Directives);
        output.WriteLine(ExitCodes);
        return result;
    }
}
