using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.Contracts;

/// <summary>What a single value is to be.</summary>
internal abstract partial record Expectation
{
    private const double Slack = 1e-9;

    /// <summary>Whether a value is as expected; null stands for one that is not there.</summary>
    public abstract bool Allows(string? value);

    /// <summary>It is there, whatever it is.</summary>
    public sealed record Present : Expectation
    {
        public override bool Allows(string? value) => value is not null;

        public override string ToString() => "any value";
    }

    /// <summary>It is not there.</summary>
    public sealed record Absent : Expectation
    {
        public override bool Allows(string? value) => value is null;

        public override string ToString() => "no value";
    }

    /// <summary>It is this text, or this number however it is written.</summary>
    public sealed record Same(string Text) : Expectation
    {
        public override bool Allows(string? value) =>
            value == Text
            || (value is not null && IsBoolean(Text) && value.Equals(Text, StringComparison.OrdinalIgnoreCase))
            || (Number(value) is { } actual && Number(Text) is { } expected && Math.Abs(actual - expected) <= Slack * Math.Max(Math.Abs(actual), Math.Abs(expected)));

        public override string ToString() => Text.Length == 0 ? "an empty text" : Text;

        private static bool IsBoolean(string text) => text.ToUpperInvariant() is "TRUE" or "FALSE";
    }

    /// <summary>It is one of these.</summary>
    public sealed record Either(IReadOnlyList<Expectation> Choices) : Expectation
    {
        public override bool Allows(string? value) => Choices.Any(choice => choice.Allows(value));

        public override string ToString() => "one of " + string.Join(", ", Choices);
    }

    /// <summary>It is a number in a range; an end that is excluded does not belong to it.</summary>
    public sealed record Within(double? From, double? To, bool ExcludesEnds = false) : Expectation
    {
        public override bool Allows(string? value) => Number(value) is { } actual && (ExcludesEnds
            ? !(actual <= From) && !(actual >= To)
            : !(actual < From - Margin(From)) && !(actual > To + Margin(To)));

        public override string ToString() => (From, To, ExcludesEnds) switch
        {
            ({ } from, null, false) => string.Create(CultureInfo.InvariantCulture, $"at least {from}"),
            (null, { } to, false) => string.Create(CultureInfo.InvariantCulture, $"at most {to}"),
            ({ } from, null, true) => string.Create(CultureInfo.InvariantCulture, $"above {from}"),
            (null, { } to, true) => string.Create(CultureInfo.InvariantCulture, $"below {to}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{From} to {To}"),
        };

        private static double Margin(double? end) => Slack * Math.Abs(end ?? 0);
    }

    /// <summary>It is a number near another.</summary>
    public sealed record Near(double Middle, double Distance, bool IsShare) : Expectation
    {
        public override bool Allows(string? value) =>
            Number(value) is { } actual && Math.Abs(actual - Middle) <= (IsShare ? Distance * Math.Abs(Middle) : Distance) + (Slack * Math.Abs(Middle));

        public override string ToString() => IsShare
            ? string.Create(CultureInfo.InvariantCulture, $"{Middle} ±{Distance * 100} %")
            : string.Create(CultureInfo.InvariantCulture, $"{Middle} ±{Distance}");
    }

    /// <summary>It is a text in which a pattern is found.</summary>
    public sealed record Like(Regex Pattern) : Expectation
    {
        public override bool Allows(string? value) => value is not null && Pattern.IsMatch(value);

        public override string ToString() => $"something that matches {Pattern}";
    }

    /// <summary>It is a text with this in it.</summary>
    public sealed record Containing(string Part) : Expectation
    {
        public override bool Allows(string? value) => value is not null && value.Contains(Part, StringComparison.Ordinal);

        public override string ToString() => $"something with \"{Part}\" in it";
    }

    /// <summary>Reads the short form: a value, <c>0.97 ±0.02</c>, <c>0.9 to 1</c>, <c>at least 0.9</c>, <c>below 0.1</c>, <c>any</c>, <c>absent</c>.</summary>
    public static Expectation Read(string text)
    {
        if (text == "any") return new Present();
        if (text == "absent") return new Absent();
        if (Tolerance().Match(text) is { Success: true } near && Number(near.Groups["middle"].Value) is { } middle && Number(near.Groups["distance"].Value) is { } distance and >= 0)
            return new Near(middle, near.Groups["percent"].Success ? distance / 100 : distance, near.Groups["percent"].Success);
        if (Range().Match(text) is { Success: true } range && Number(range.Groups["from"].Value) is { } from && Number(range.Groups["to"].Value) is { } to && from <= to)
            return new Within(from, to);
        if (Bound().Match(text) is { Success: true } bound && Number(bound.Groups["end"].Value) is { } end)
        {
            return bound.Groups["how"].Value switch
            {
                "at least" or ">=" => new Within(end, null),
                "at most" or "<=" => new Within(null, end),
                "above" or ">" => new Within(end, null, ExcludesEnds: true),
                _ => new Within(null, end, ExcludesEnds: true),
            };
        }
        return new Same(text);
    }

    internal static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value) ? value : null;

    [GeneratedRegex(@"\A(?<middle>\S+)\s*(?:±|\+/?-)\s*(?<distance>[^\s%]+)\s*(?<percent>%)?\z")]
    private static partial Regex Tolerance();

    [GeneratedRegex(@"\A(?<from>\S+)\s+to\s+(?<to>\S+)\z")]
    private static partial Regex Range();

    [GeneratedRegex(@"\A(?<how>at least|at most|above|below|[<>]=?)\s*(?<end>\S+)\z")]
    private static partial Regex Bound();
}
