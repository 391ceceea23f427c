using System.CommandLine;
using NotebookTestRunner;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Parameters;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Reporting;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Verbs;

/// <summary><c>check list</c>: what there is to judge, without executing anything.</summary>
internal static class CheckListVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var paths = SharedOptions.Notebooks("paths", "Notebooks, folders, or patterns.", ArgumentArity.OneOrMore);
        var command = new Command("list", "List the code cells of notebooks with their numbers and tags, and their parameters; nothing is executed.") { paths };
        command.SetAction(async (parsed, stop) =>
        {
            var output = context.Out.Profile.Out.Writer;
            var exitCode = ExitCode.Success;
            foreach (var path in NotebookFinder.Find(parsed.GetRequiredValue(paths), context.WorkingDirectory))
            {
                try
                {
                    foreach (var line in Lines(context.Shorten(path), await Notebook.ReadAsync(path, stop)))
                        await output.WriteLineAsync(line);
                }
                catch (NotebookRunException fault)
                {
                    await context.Error.WriteLineAsync(fault.Message);
                    exitCode = ExitCode.CouldNotRun;
                }
            }

            return (int)exitCode;
        });
        return command;
    }

    private static IEnumerable<string> Lines(string name, Notebook notebook)
    {
        yield return PrintedLine.Visible($"{name} ({notebook.KernelName ?? "names no kernel"})");
        if (NotebookParameters.Declared(notebook) is { Count: > 0 } parameters)
            yield return PrintedLine.Visible($"  -p {string.Join(", ", parameters.Select(parameter => $"{parameter.Name}={parameter.Default}{(parameter.Type is { } type ? $" ({type})" : "")}"))}");
        foreach (var cell in notebook.CodeCells)
            yield return PrintedLine.Visible(FormattableString.Invariant($"{cell.Number,5}  {cell.FirstLine}{(cell.Tags.Count > 0 ? $"  [{string.Join(", ", cell.Tags)}]" : "")}"));
    }
}
