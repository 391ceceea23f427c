using System.Globalization;

namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>The truth about a claim.</summary>
internal sealed record ClaimAnswer
{
    private ClaimAnswer()
    {
    }

    /// <summary>The value; null when it could not be found, or there are several.</summary>
    public string? Value { get; private init; }

    /// <summary>Numbers of which one must be the one in the text; empty when there is a value.</summary>
    public IReadOnlyList<double> Candidates { get; private init; } = [];

    /// <summary>Why there is no value, as a sentence; null when there is one.</summary>
    public string? Fault { get; private init; }

    /// <summary>The text must say this.</summary>
    public static ClaimAnswer Of(string value) => new() { Value = value };

    /// <summary>The text must say this.</summary>
    public static ClaimAnswer Of(double value) => new() { Value = value.ToString("R", CultureInfo.InvariantCulture) };

    /// <summary>The text must say one of these.</summary>
    public static ClaimAnswer OneOf(IReadOnlyList<double> candidates) => new() { Candidates = candidates };

    /// <summary>The claim cannot hold.</summary>
    public static ClaimAnswer Not(string fault) => new() { Fault = fault };
}
