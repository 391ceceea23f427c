namespace MLflowSharp;

/// <summary>Whether somebody writes a journal.</summary>
public enum JournalState
{
    /// <summary>A process writes to it, or replays it at this moment.</summary>
    InUse,

    /// <summary>Its process ended: the next client that opens the store replays it.</summary>
    Left,

    /// <summary>Whether its process still runs, on another machine, cannot be told from here. Replay it when you know that it ended.</summary>
    Unknown,

    /// <summary>Nothing is left to write; only the file with what the store refused.</summary>
    Done,
}
