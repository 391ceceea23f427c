namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Where a formatter writes to, and how deep in another value the value lies.</summary>
public class FormatContext : IDisposable
{
    /// <summary>A context of a value that lies in no other.</summary>
    /// <param name="writer">Where to write.</param>
    public FormatContext(TextWriter writer)
        : this(writer, 0)
    {
    }

    internal FormatContext(TextWriter writer, int depth)
    {
        Writer = writer;
        Depth = depth;
    }

    /// <summary>How deep in another value the value lies; 0 for one that is shown itself.</summary>
    public int Depth { get; }

    /// <summary>Where to write.</summary>
    public TextWriter Writer { get; }

    /// <summary>Ends the writing; the writer stays open for its owner.</summary>
    public void Dispose()
    {
        Writer.Flush();
        GC.SuppressFinalize(this);
    }
}
