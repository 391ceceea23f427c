using System.CommandLine;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Publishing;

namespace Tutorial.Cli.Verbs;

/// <summary><c>publish</c>: makes a folder that a whole class can use.</summary>
internal static class PublishVerb
{
    private const string Text =
        "Make a folder with the built course for others on this machine or this file system: lessons, kernel, kernelspec and data, complete, to be read only. "
        + "It can be moved, and needs neither packages nor a network. One that is there is replaced.";

    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var folder = new Argument<string>("folder") { HelpName = "FOLDER", Description = "A new or empty folder, or an earlier published course." };
        var runtime = new Option<bool>("--with-runtime") { Description = "Put .NET's runtime in too, for machines without one." };
        var command = new Command("publish", Text) { folder, runtime };
        command.SetAction(parsed =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(folder), context.WorkingDirectory);
            var size = new CoursePublisher(context.Checkout).Publish(target, parsed.GetValue(runtime));
            var output = context.Out.Profile.Out.Writer;
            output.WriteLine(FormattableString.Invariant($"Published in {target}: {size.Files} files, {size.Bytes / 1e6:0} MB."));
            output.WriteLine($"Next: {Path.Combine(target, "tutorial")} doctor; Jupyter finds the kernel with JUPYTER_PATH={Path.Combine(target, "share", "jupyter")}");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
