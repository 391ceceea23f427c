namespace Tutorial.Cli.Faults;

/// <summary>What the command says to the shell. Where several apply, the highest wins.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done, and every cell passed.</summary>
    Success = 0,

    /// <summary>A cell failed.</summary>
    CellFailed = 1,

    /// <summary>
    /// Something could not be run or written: the command line is not understood, there is no kernel or no notebook, no permission, a full
    /// disk.
    /// </summary>
    CouldNotRun = 2,

    /// <summary>Stopped by Ctrl-C or a signal, by the shells' own number for it.</summary>
    Interrupted = 130,
}
