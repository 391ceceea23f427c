namespace NotebookTestRunner;

/// <summary>How much of what cells show is compared with what is stored.</summary>
public enum ComparisonMode
{
    /// <summary>All outputs are compared, unless a cell says otherwise. What can only be compared in part is noted.</summary>
    Normal,

    /// <summary>Only cells that ask for it are compared (<c>// test: check-output</c>); others fail on an error only.</summary>
    Lax,

    /// <summary>
    /// As <see cref="Normal"/>; in addition a cell fails that was never executed as stored, that is compared in part only, or whose
    /// marks (a tolerance, a normalizer) it does not need.
    /// </summary>
    Strict,
}
