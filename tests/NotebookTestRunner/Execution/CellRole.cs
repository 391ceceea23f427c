namespace NotebookTestRunner.Execution;

/// <summary>What a run that judges only some cells does with a cell.</summary>
internal enum CellRole
{
    /// <summary>Executed and judged.</summary>
    Judged,

    /// <summary>Executed because a judged cell comes after it, which may build on it; not judged.</summary>
    Needed,

    /// <summary>Not executed: no judged cell builds on it.</summary>
    LeftOut,
}
