namespace NotebookCorpus;

/// <summary>What a tester says about a notebook whose state is known.</summary>
public enum Answer
{
    /// <summary>It complains about a notebook with a defect.</summary>
    Caught,

    /// <summary>It says nothing about a notebook with a defect.</summary>
    Missed,

    /// <summary>It says nothing about a clean notebook.</summary>
    Quiet,

    /// <summary>It complains about a clean notebook.</summary>
    Alarm,
}
