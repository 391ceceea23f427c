using System.CommandLine;
using Tutorial.Cli.Diagnosis;
using Tutorial.Cli.Diagnosis.Seats;
using Tutorial.Cli.Faults;
using Tutorial.Helpers;

namespace Tutorial.Cli.Verbs;

/// <summary><c>doctor</c>: looks at what the course needs, on this machine or on all seats of a class.</summary>
internal static class DoctorVerb
{
    // One line of a terminal.
    private const int Width = 80;

    // As after a cell that failed: what was looked at is not as it should be.
    private const ExitCode ProblemsLeft = ExitCode.CellFailed;

    private const string DefaultCommand = "dotnet tutorial.cs doctor --json";

    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON, with the details in full." };
        var save = new Option<string?>("--save") { HelpName = "FOLDER", Description = "Write the JSON there too, as HOST-USER.json: each seat of a class does that in a folder that all share." };
        var seats = new Option<string?>("--seats") { HelpName = "PATH", Description = "Look at a class instead: a file with a seat a line (user@host), which are asked over ssh, or a folder with what --save wrote." };
        var command = new Option<string>("--seat-command") { HelpName = "COMMAND", Description = "What is run on each seat.", DefaultValueFactory = _ => context.Checkout.IsPublished ? $"'{Path.Combine(context.Checkout.Root, "tutorial")}' doctor --json" : DefaultCommand };
        var ssh = new Option<string>("--ssh") { HelpName = "PROGRAM", Description = "The ssh client.", DefaultValueFactory = _ => "ssh" };
        var timeout = new Option<double>("--seat-timeout") { HelpName = "SECONDS", Description = "How long a seat may take.", DefaultValueFactory = _ => 120 };
        var verb = new Command("doctor", "Check what the course needs on this machine, and say what to do where something is missing.") { json, save, seats, command, ssh, timeout };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(seats) is not null && (result.GetResult(json) is not null || result.GetResult(save) is not null))
                result.AddError("--seats looks at others' reports; --json and --save make one of this machine: give one of them.");
        });
        verb.SetAction(async (parsed, stop) => (int)(parsed.GetValue(seats) is { } path
            ? await LookAtClassAsync(context, new(parsed.GetRequiredValue(ssh), parsed.GetRequiredValue(command), Seconds(parsed.GetValue(timeout))), path, stop)
            : LookHere(context, parsed.GetValue(json), parsed.GetValue(save))));
        return verb;
    }

    private static TimeSpan Seconds(double value) =>
        value is > 0 and < 1e6 ? TimeSpan.FromSeconds(value) : throw new CliException("--seat-timeout is a number of seconds above 0.");

    private static ExitCode LookHere(CliContext context, bool json, string? save)
    {
        var report = new EnvironmentReport(new Doctor(context).Examine());
        var seat = new SeatReport(context.Place.Host, context.Place.User, context.Place.Now, report.AllPassed, report.Items);
        if (save is not null)
        {
            var folder = Path.GetFullPath(save, context.WorkingDirectory);
            Fault.Writing(folder, () =>
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, $"{seat.Host}-{seat.User}.json"), seat.ToJson());
                return true;
            });
        }

        var output = context.Out.Profile.Out.Writer;
        if (json)
        {
            output.WriteLine(seat.ToJson());
        }
        else
        {
            // What is well is told in one line each; what is not, in full.
            foreach (var line in report.ToString().Split('\n'))
                output.WriteLine(line.StartsWith('✓') && line.Length > Width ? $"{line[..(Width - 1)]}…" : line);
        }

        return report.AllPassed ? ExitCode.Success : ProblemsLeft;
    }

    private static async Task<ExitCode> LookAtClassAsync(CliContext context, ClassRoom room, string path, CancellationToken stop)
    {
        var full = Path.GetFullPath(path, context.WorkingDirectory);
        var all = Directory.Exists(full) ? ClassRoom.ReadFolder(full)
            : File.Exists(full) ? await room.AskAsync(ClassRoom.ReadNames(full), stop)
            : throw new CliException($"There is neither a file nor a folder {full}: give --seats a file with a seat a line, or a folder with the reports of `doctor --save`.");
        var output = context.Out.Profile.Out.Writer;
        foreach (var seat in all)
        {
            await output.WriteLineAsync($"{(seat.IsReady ? '✓' : '✗')} {seat.Name}{(seat.Report is { } report ? $": {report.User} on {report.Host}, {report.Time:yyyy-MM-dd HH:mm}" : "")}");
            foreach (var problem in seat.Problems)
                await output.WriteLineAsync($"    {problem}");
        }

        var ready = all.Count(seat => seat.IsReady);
        await output.WriteLineAsync(ready == all.Count ? $"All {all.Count} seats are ready." : $"{ready} of {all.Count} seats are ready.");
        return ready == all.Count ? ExitCode.Success : ProblemsLeft;
    }
}
