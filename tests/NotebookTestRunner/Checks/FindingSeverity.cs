namespace NotebookTestRunner.Checks;

/// <summary>What a finding means for the verdict.</summary>
public enum FindingSeverity
{
    /// <summary>Fails the cell it is about, or the notebook.</summary>
    Error,

    /// <summary>Is shown, and fails nothing.</summary>
    Warning,
}
