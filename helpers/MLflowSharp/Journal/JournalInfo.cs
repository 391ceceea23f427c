namespace MLflowSharp;

/// <summary>A journal: what a process logged to a store and the store does not have yet.</summary>
/// <param name="Path">Path of its files without number and extension.</param>
/// <param name="State">Whether somebody writes it.</param>
/// <param name="Store">The store's URI without user and password; empty when not known.</param>
/// <param name="Host">The machine of the process that wrote it; empty when not known.</param>
/// <param name="ProcessId">That process; 0 when not known.</param>
/// <param name="LastWritten">When something was last written to it (UTC).</param>
/// <param name="Records">How many calls it holds that are not in the store yet.</param>
/// <param name="RunIds">The runs they belong to.</param>
/// <param name="RejectedFile">File with what the store refused, a line of JSON each; null when there is none.</param>
public sealed record JournalInfo(
    string Path,
    JournalState State,
    string Store,
    string Host,
    int ProcessId,
    DateTimeOffset LastWritten,
    int Records,
    IReadOnlyList<string> RunIds,
    string? RejectedFile);
