using System.Globalization;
using System.Text;
using NotebookTestRunner.Resources;
using Tutorial.Cli;
using Tutorial.Cli.Diagnosis.Places;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Grading;
using Tutorial.Cli.Verbs;

// Not a verb: nothing else of this program is needed to become a kernel.
if (args is [GradingFolder.ConfinedWord, var folder, var largest, .. var command])
    Confinement.Become(folder, long.Parse(largest, CultureInfo.InvariantCulture), command);

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// The second program of the doctor's trial of locks; not a verb, as nobody types it.
if (args is [LockTrial.Word, var database])
{
    LockTrial.BeSecond(database, Console.In, Console.Out);
    return (int)ExitCode.Success;
}

try
{
    using var stop = new StopSignals(() =>
    {
        // A live display hides the cursor and stays below it; put both right before leaving at once.
        if (!Console.IsOutputRedirected)
            Console.Write("\n\n\e[?25h");
        Environment.Exit((int)ExitCode.Interrupted);
    });
    return (int)await CommandLine.RunAsync(args, CliContext.ForConsole(), stop.Token);
}
catch (CliException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return (int)ExitCode.CouldNotRun;
}
catch (Exception fault) when (fault is FileNotFoundException or FileLoadException)
{
    // A library of this program, which is met before any notebook; all other files are told by what needs them.
    await Console.Error.WriteLineAsync($"{fault.Message} Build again with `dotnet tutorial.cs build`, as the user who runs it.");
    return (int)ExitCode.CouldNotRun;
}
catch (IOException)
{
    // Neither output nor error stream can be written; the exit code is all that is left to say it.
    return (int)ExitCode.CouldNotRun;
}
