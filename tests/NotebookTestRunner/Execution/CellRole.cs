namespace NotebookTestRunner.Execution;

/// <summary>What a run that judges only some cells does with a cell.</summary>
internal enum CellRole
{
    /// <summary>Executed and judged.</summary>
    Judged,

    /// <summary>Executed because a judged cell comes after it; not judged.</summary>
    Needed,

    /// <summary>Not executed: no judged cell comes after it.</summary>
    LeftOut,
}
