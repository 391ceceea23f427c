using System.CommandLine;

namespace Tutorial.Cli.Verbs;

/// <summary><c>doctor</c>: looks at what the course needs.</summary>
internal static class DoctorVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("doctor", "Check what the course needs on this machine, and say what to do where something is missing.");
        command.SetAction(_ => context.Out.Profile.Out.Writer.WriteLine("Not there yet."));
        return command;
    }
}
