using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Checks.Prose.Sources;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>Compares what the text says with the truth.</summary>
internal static partial class ClaimJudge
{
    private const int Context = 70;

    /// <summary>What is wrong with a claim, or null when it holds.</summary>
    public static ClaimVerdict? Judge(Claim claim, ClaimAnswer answer)
    {
        var subject = claim.Subject;
        if (answer.Fault is { } fault) return Wrong(claim, fault);
        if (answer.Value is not { } value) return OneOf(claim, answer.Candidates);
        if (ShownNumber.Read(Bare(value)) is { } truth && !IsSame(subject.Name.Text, value))
        {
            if (subject.Number is not { } shown)
                return Wrong(claim, $"It is {value}, and \"{subject.Name.Text}\" stands there, which is no number: put the comment directly behind the number.");
            if (shown.Unit.Length > 0 && truth.Unit.Length > 0 && shown.Unit != truth.Unit)
                return Wrong(claim, $"The text is about \"{shown.Unit}\", the value about \"{truth.Unit}\": {value}. Bring both to one unit.");
            return claim.Tolerance.Allows(shown, truth.Value)
                ? null
                : Stale(claim, value, new ClaimRewrite(subject.Start + shown.Digits.Start, subject.Text.Substring(shown.Digits.Start, shown.Digits.Length), shown.Write(truth.Value)));
        }
        return IsSame(subject.Name.Text, value) || IsSame(subject.Name.Text, Bare(value)) || subject.Text == value
            ? null
            : Stale(claim, value, new ClaimRewrite(subject.Name.Start, subject.Name.Text, Bare(value)));
    }

    private static ClaimVerdict? OneOf(Claim claim, IReadOnlyList<double> candidates)
    {
        if (claim.Subject.Number is not { } shown) return Wrong(claim, "It is compared with numbers, and no number stands before it: put the comment directly behind the number.");
        if (candidates.Any(candidate => claim.Tolerance.Allows(shown, candidate))) return null;
        var shownNumbers = candidates.Distinct().OrderBy(candidate => Math.Abs(candidate - shown.Value)).Take(8).Select(candidate => candidate.ToString(CultureInfo.InvariantCulture));
        return Wrong(claim, $"None of the numbers there is near: {string.Join(", ", shownNumbers)}. Which one is meant is not known: say it with matches \"…(PATTERN)…\".");
    }

    private static ClaimVerdict Stale(Claim claim, string value, ClaimRewrite rewrite)
    {
        var source = claim.Cell.Source;
        var change = $"{Excerpt(source, rewrite.Start, rewrite.Old)}\n{Excerpt(rewrite.Apply(source), rewrite.Start, rewrite.New)}";
        var lines = change.Split('\n');
        var shown = $"- {lines[0]}\n+ {lines[1]}";
        var message = $"The text says {Quoted(rewrite.Old)}, and the claim {Quoted(claim.Words)} gives {value}.\n{shown}\n";
        return WhyNotWritten(claim, rewrite, value) is { } why
            ? new($"{message}{why}")
            : new($"{message}Mend the text, or let an update (--update) rewrite it.", $"{Quoted(rewrite.Old)} is now {Quoted(rewrite.New)}.\n{shown}", rewrite);
    }

    // What was rewritten must be read again as it was meant, and hold.
    private static string? WhyNotWritten(Claim claim, ClaimRewrite rewrite, string value)
    {
        if (rewrite.Start < 0) return "An update cannot rewrite it, since the address stands elsewhere (a link by reference): mend it there.";
        if (rewrite.New.Length == 0 || rewrite.New.Contains('\n') || rewrite.New.Length > 200) return "An update cannot write such a value into a text: mend the text, or the claim.";
        if (claim.Subject.Number is not null && ShownNumber.Read(Bare(value)) is { } truth)
        {
            return ShownNumber.ReadEnd(rewrite.New) is { } written && claim.Tolerance.Allows(written, truth.Value)
                ? null
                : "An update cannot write it as exactly as the tolerance wants with the digits that are shown: mend the text by hand.";
        }
        if (ShownNumber.Read(rewrite.Old) is not null) return "An update puts no name in the place of a number: mend the text, or the claim.";
        return Markup().IsMatch(rewrite.New) && claim.Subject.Kind is not SubjectKind.Code
            || claim.Subject.Kind is SubjectKind.Code && rewrite.New.Contains('`')
            || claim.Subject.Kind is SubjectKind.Link && rewrite.New.AsSpan().IndexOfAny(" ()<>") >= 0
            || claim.Subject.Kind is SubjectKind.Plain && !IsQuoted(claim.Cell.Source, rewrite) && rewrite.New.Any(char.IsWhiteSpace)
            ? "An update cannot write it there without changing how the text is read: mend the text by hand."
            : null;
    }

    private static bool IsQuoted(string source, ClaimRewrite rewrite) =>
        source.Length > rewrite.Start + rewrite.Old.Length && "\"'”’".Contains(source[rewrite.Start + rewrite.Old.Length], StringComparison.Ordinal);

    private static ClaimVerdict Wrong(Claim claim, string why) =>
        new($"The claim \"{claim.Words}\" does not hold for \"{Excerpt(claim.Cell.Source, claim.Subject.Start, claim.Subject.Text)}\". {why}");

    /// <summary>The sentence around a place, without comments.</summary>
    private static string Excerpt(string source, int start, string text)
    {
        start = Math.Clamp(start, 0, source.Length);
        var from = source.AsSpan(0, start).LastIndexOf('\n') + 1;
        var to = source.IndexOfAny(['\r', '\n'], Math.Min(source.Length, start + text.Length)) is var end and >= 0 ? end : source.Length;
        var before = Comments().Replace(source[from..start], "");
        var after = Comments().Replace(source[start..to], "");
        if (before.Length > Context) before = "…" + before[^Context..];
        if (after.Length > text.Length + Context) after = after[..(text.Length + Context)] + "…";
        return (before + after).Trim();
    }

    private static bool IsSame(string shown, string value) => shown.Trim() == value.Trim() || Uri.UnescapeDataString(shown.Trim()) == value.Trim();

    // Numbers of numpy and the like are shown with their type, texts in quotes.
    private static string Bare(string value) => Wrapped().Match(value.Trim()) is { Success: true } match ? match.Groups["inner"].Value : value;

    private static string Quoted(string text) => $"\"{text}\"";

    [GeneratedRegex(@"\A(?:[A-Za-z_][\w.]*\((?<inner>[^()]*)\)|'(?<inner>[^']*)'|""(?<inner>[^""]*)"")\z")]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"[*_`\[\]<>|\\]")]
    private static partial Regex Markup();
}
