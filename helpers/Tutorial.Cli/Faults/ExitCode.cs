namespace Tutorial.Cli.Faults;

/// <summary>What the command says to the shell. Where several apply, the highest wins.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done, and every cell passed.</summary>
    Success = 0,

    /// <summary>A cell failed.</summary>
    CellFailed = 1,

    /// <summary>The command line is not understood.</summary>
    WrongUsage = 2,

    /// <summary>Something could not be run or written: no kernel, not a notebook, no permission, a full disk.</summary>
    CouldNotRun = 3,

    /// <summary>Stopped by Ctrl-C or a signal.</summary>
    Interrupted = 4,
}
