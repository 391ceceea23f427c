using System.CommandLine;

namespace Tutorial.Cli.Verbs;

/// <summary><c>help</c>: what <c>--help</c> shows; <see cref="CommandLine"/> turns the one into the other before it reads the line.</summary>
internal static class HelpVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "help";

    /// <summary>Describes the verb.</summary>
    public static Command Create() => new(Name, "Show how a verb is used: dotnet tutorial.cs help run.");
}
