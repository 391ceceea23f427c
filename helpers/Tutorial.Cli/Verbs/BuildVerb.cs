using System.CommandLine;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Verbs;

/// <summary><c>build</c>: done by <c>tutorial.cs</c> before this program is started; here for the help.</summary>
internal static class BuildVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("build", "Build what is stale, and nothing else. The other verbs do it by themselves.");
        command.SetAction(int (_) => throw new CliException("Building is the front door's work: run `dotnet tutorial.cs build`."));
        return command;
    }
}
