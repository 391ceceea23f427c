namespace NotebookTestRunner.Notebooks;

/// <summary>The kinds of cell in nbformat 4.</summary>
public enum CellKind
{
    /// <summary>Code, executed and judged.</summary>
    Code,

    /// <summary>Markdown text, shown in reports.</summary>
    Markdown,

    /// <summary>Raw text for converters, shown in reports as it is.</summary>
    Raw,
}
