using System.CommandLine;
using Tutorial.Cli.Diagnosis;
using Tutorial.Cli.Faults;
using Tutorial.Helpers;

namespace Tutorial.Cli.Verbs;

/// <summary><c>doctor</c>: looks at what the course needs.</summary>
internal static class DoctorVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("doctor", "Check what the course needs on this machine, and say what to do where something is missing.");
        command.SetAction(_ =>
        {
            var report = new EnvironmentReport(new Doctor(context).Examine());
            context.Out.Profile.Out.Writer.WriteLine(report);
            return (int)(report.AllPassed ? ExitCode.Success : ExitCode.CouldNotRun);
        });
        return command;
    }
}
