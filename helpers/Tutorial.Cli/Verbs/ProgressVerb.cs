using System.CommandLine;
using Spectre.Console;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Reporting;
using Tutorial.Helpers;

namespace Tutorial.Cli.Verbs;

/// <summary><c>progress</c>: says which lessons their reader has done.</summary>
internal static class ProgressVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var folder = new Argument<string?>("folder") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder with the notebooks. Default: the course's." };
        var command = new Command("progress", "Say which lessons are done: those whose check says \"Right!\" in the notebook as it was saved.") { folder };
        command.SetAction(parsed =>
        {
            try
            {
                var progress = Course.Progress(parsed.GetValue(folder) is { } asked ? Path.GetFullPath(asked, context.WorkingDirectory) : context.Checkout.Notebooks);
                var table = new Table().Border(TableBorder.Rounded).AddColumn("Lesson").AddColumn(new TableColumn("Minutes").RightAligned()).AddColumn("State");
                foreach (var lesson in progress.Lessons)
                    table.AddRow(new Text(PrintedLine.Visible(lesson.Title)), new Text(FormattableString.Invariant($"{lesson.Minutes}")), new Text(lesson.Words, new Style(lesson.State == LessonState.Done ? Color.Green : Color.Default)));
                context.Out.Write(table);
                context.Out.WriteLine(PrintedLine.Visible(progress.Summary));
            }
            catch (DirectoryNotFoundException fault)
            {
                throw new CliException(fault.Message, fault);
            }
        });
        return command;
    }
}
