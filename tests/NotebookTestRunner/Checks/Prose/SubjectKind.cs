namespace NotebookTestRunner.Checks.Prose;

/// <summary>How the text that a claim is about is written.</summary>
internal enum SubjectKind
{
    /// <summary>As it is, without markup.</summary>
    Plain,

    /// <summary>As code.</summary>
    Code,

    /// <summary>In italics or bold.</summary>
    Emphasis,

    /// <summary>As a link or picture.</summary>
    Link,
}
