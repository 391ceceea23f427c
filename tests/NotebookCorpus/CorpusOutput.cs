namespace NotebookCorpus;

/// <summary>One stored output, as the source of the corpus says it: exactly one of its kinds is set, and <see cref="Plain"/> beside a display.</summary>
public sealed class CorpusOutput
{
    /// <summary>Printed text.</summary>
    public string? Stdout { get; set; }

    /// <summary>Text printed to stderr.</summary>
    public string? Stderr { get; set; }

    /// <summary>The value of the last expression, as text.</summary>
    public string? Result { get; set; }

    /// <summary>Whether a display is the value of the last expression.</summary>
    public bool Last { get; set; }

    /// <summary>HTML.</summary>
    public string? Html { get; set; }

    /// <summary>An SVG figure.</summary>
    public string? Svg { get; set; }

    /// <summary>A picture, drawn by the generator.</summary>
    public Disc? Png { get; set; }

    /// <summary>A structured value, under the MIME type <see cref="Type"/>.</summary>
    public object? Json { get; set; }

    /// <summary>The MIME type of <see cref="Json"/>.</summary>
    public string? Type { get; set; }

    /// <summary>The plain text beside a display, or alone.</summary>
    public string? Plain { get; set; }

    /// <summary>The type of an error.</summary>
    public string? Error { get; set; }

    /// <summary>The message of an error.</summary>
    public string? Value { get; set; }
}
