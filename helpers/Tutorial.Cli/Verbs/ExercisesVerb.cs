using System.CommandLine;
using NotebookTestRunner;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;
using Spectre.Console;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Verbs;

/// <summary><c>exercises</c>: makes the notebooks that readers get from those that authors keep. That they work is for <c>check</c> to prove.</summary>
internal static class ExercisesVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var sources = SharedOptions.Notebooks("sources", $"The authors' notebooks, NAME{ExerciseNotebook.SourceEnding}.", ArgumentArity.OneOrMore);
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "Where the notebooks go. Default: beside their sources." };
        var solutions = new Option<bool>("--solutions") { Description = "Make the notebooks with the solutions in place, for teachers." };
        var verify = new Option<bool>("--verify") { Description = "Write nothing, and fail where a notebook is not what its source makes." };
        var command = new Command("exercises", "Make readers' notebooks from sources that hold solutions, wrong answers and their hints.") { sources, output, solutions, verify };
        command.SetAction(async (parsed, stop) =>
        {
            var result = ExitCode.Success;
            foreach (var path in parsed.GetRequiredValue(sources).Select(path => Path.GetFullPath(path, context.WorkingDirectory)))
            {
                try
                {
                    var source = await Notebook.ReadAsync(path, stop);
                    var made = parsed.GetValue(solutions) ? ExerciseNotebook.WithSolutions(source) : ExerciseNotebook.ForReaders(source);
                    var target = Target(path, parsed.GetValue(output) is { } folder ? Path.GetFullPath(folder, context.WorkingDirectory) : null, parsed.GetValue(solutions));
                    if (!parsed.GetValue(verify))
                    {
                        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                        await made.WriteAsync(target, stop);
                        context.Out.WriteLine($"Made {target}", Style.Plain);
                    }
                    else if (!File.Exists(target) || await File.ReadAllTextAsync(target, stop) != made.ToJson())
                    {
                        await context.Error.WriteLineAsync($"{target} is not what {Path.GetFileName(path)} makes: run the command without --verify, and commit both.");
                        result = ExitCode.CellFailed;
                    }
                }
                catch (NotebookRunException fault)
                {
                    throw new CliException(fault.Message);
                }
            }
            return (int)result;
        });
        return command;
    }

    private static string Target(string source, string? folder, bool withSolutions)
    {
        if (!source.EndsWith(ExerciseNotebook.SourceEnding, StringComparison.OrdinalIgnoreCase))
            throw new CliException($"The source {source} must be called NAME{ExerciseNotebook.SourceEnding}, so that it and what is made from it can be told apart: rename it.");
        var name = Path.GetFileName(source)[..^ExerciseNotebook.SourceEnding.Length];
        return Path.Combine(folder ?? Path.GetDirectoryName(source)!, name + (withSolutions ? ".solutions.ipynb" : ".ipynb"));
    }
}
