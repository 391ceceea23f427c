namespace NotebookCorpus;

/// <summary>How our runner judges the corpus.</summary>
public enum Judging
{
    /// <summary>Executed with the default settings, without any marks.</summary>
    Plain,

    /// <summary>Executed with the marks, contracts and claims that an author would write.</summary>
    Marked,

    /// <summary>The file alone, without executing anything: what its publisher sees with <c>check --audit</c>.</summary>
    Audited,
}
