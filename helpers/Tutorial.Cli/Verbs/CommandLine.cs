using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MLflowSharp.Serving;
using MLflowSharp.Serving.Projects;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Verbs;

/// <summary>The verbs together: what is typed becomes a call, what goes wrong becomes a sentence and an exit code.</summary>
internal static class CommandLine
{
    private const string Name = "dotnet tutorial.cs";

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after <c>dotnet tutorial.cs</c>; without any, the help is shown.</param>
    /// <param name="context">What is around.</param>
    /// <param name="stop">Cancelled by Ctrl-C.</param>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, CliContext context, CancellationToken stop = default)
    {
        // `dotnet tutorial.cs run --help` shows the help of `dotnet run`, which keeps that option for itself; hence a verb for it.
        string[] words = args.Count == 0 ? ["--help"] : args[0] == HelpVerb.Name ? [.. args.Skip(1), "--help"] : [.. args];
        // No response files: a path may begin with @.
        var parsed = Create(context).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration
        {
            Output = context.Out.Profile.Out.Writer,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are ours: the library would give a stopping run two seconds.
            ProcessTerminationTimeout = null,
        };
        if (parsed.Action is ParseErrorAction)
            return await ExplainAsync(parsed, context.Error);

        try
        {
            var exitCode = (ExitCode)await parsed.InvokeAsync(configuration, stop);
            return args.Count == 0 ? ExitCode.CouldNotRun : exitCode;
        }
        catch (CliException fault)
        {
            await context.Error.WriteLineAsync(fault.Message);
            return ExitCode.CouldNotRun;
        }
        catch (Exception fault) when (Fault.IsOfFiles(fault))
        {
            // The verbs translate the faults of what they write; what is left is mostly their own output, sent to a full disk.
            await context.Error.WriteLineAsync($"The command stopped because something could not be written or read: {fault.Message}. If its output goes to a file, check the disk of that file, then run the command again.");
            return ExitCode.CouldNotRun;
        }
    }

    private static async Task<ExitCode> ExplainAsync(ParseResult parsed, TextWriter error)
    {
        // The library counts a misspelt verb as a missing one, too.
        var faults = parsed.Errors.Select(fault => fault.Message).ToList();
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var verbs = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
            faults = verbs.Count > 0
                ? [$"There is no verb '{unknown}'; there are {string.Join(", ", verbs)}."]
                : [$"'{unknown}' is not understood here."];
        }

        foreach (var fault in faults)
            await error.WriteLineAsync(fault);
        await error.WriteLineAsync($"`{string.Join(' ', [Name, HelpVerb.Name, .. Words(parsed.CommandResult)])}` shows how it is used.");
        return ExitCode.CouldNotRun;
    }

    /// <summary>The verbs typed, without the program's name.</summary>
    private static IEnumerable<string> Words(CommandResult command) =>
        command.Parent is CommandResult parent ? Words(parent).Append(command.Command.Name) : [];

    private static RootCommand Create(CliContext context) => DetailedHelp.AddTo(
        new("A course of C# notebooks about MLflow: run its lessons, judge notebooks, make its kernel known to Jupyter.")
        {
            HelpName = Name,
            Subcommands =
            {
                RunVerb.Create(context),
                CheckVerb.Create(context),
                ExercisesVerb.Create(context),
                GradeVerb.Create(context),
                ProgressVerb.Create(context),
                KernelVerb.Create(context),
                DoctorVerb.Create(context),
                PublishVerb.Create(context),
                UiCommand.Create(context.Out.Profile.Out.Writer, context.Error),
                ServeCommand.Create(context.Out.Profile.Out.Writer, context.Error),
                PredictCommand.Create(context.Out.Profile.Out.Writer, context.Error),
                ProjectCommand.Create(context.Out.Profile.Out.Writer, context.Error),
                GcCommand.Create(context.Out.Profile.Out.Writer, context.Error),
                CopyCommands.CreateExport(context.Out.Profile.Out.Writer, context.Error),
                CopyCommands.CreateImport(context.Out.Profile.Out.Writer, context.Error),
                BuildVerb.Create(),
                HelpVerb.Create(),
            },
        });
}
