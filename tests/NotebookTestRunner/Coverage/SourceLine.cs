using System.Text.Json.Serialization;

namespace NotebookTestRunner.Coverage;

/// <summary>A line of source on which code begins, and how far it ran.</summary>
/// <param name="Number">Which one, counted from 1.</param>
/// <param name="Parts">How many pieces of code begin on it, such as a condition, what it guards, and the body of a lambda.</param>
/// <param name="RanParts">How many of these ran.</param>
/// <param name="Notebooks">How many notebooks ran any of it; 1 where it is only known that some did.</param>
public readonly record struct SourceLine(int Number, int Parts, int RanParts, int Notebooks)
{
    /// <summary>Whether any of it ran.</summary>
    [JsonIgnore]
    public bool Ran => RanParts > 0;

    /// <summary>Whether some of it ran, and some did not.</summary>
    [JsonIgnore]
    public bool RanInPart => RanParts > 0 && RanParts < Parts;
}
