using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.Contracts;

/// <summary>How many there are to be.</summary>
/// <param name="Least">At least so many.</param>
/// <param name="Most">At most so many; null for no limit.</param>
internal sealed partial record Amount(int Least, int? Most)
{
    /// <summary>One or more.</summary>
    public static Amount Some { get; } = new(1, null);

    public bool Allows(int count) => count >= Least && !(count > Most);

    /// <summary>Reads <c>3</c>, <c>exactly 3</c>, <c>at least 1</c>, <c>at most 2</c>, <c>1 to 3</c>, <c>none</c>, <c>some</c>, <c>any</c>; null for anything else.</summary>
    public static Amount? Read(string text)
    {
        switch (text)
        {
            case "none":
                return new(0, 0);
            case "some":
                return Some;
            case "any":
                return new(0, null);
        }
        if (Form().Match(text) is not { Success: true } match || !int.TryParse(match.Groups["first"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return null;
        if (match.Groups["last"].Success)
            return match.Groups["how"].Length == 0 && int.TryParse(match.Groups["last"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first ? new(first, last) : null;
        return match.Groups["how"].Value switch
        {
            "at least" => new(first, null),
            "at most" => new(0, first),
            _ => new(first, first),
        };
    }

    public override string ToString() => (Least, Most) switch
    {
        (0, 0) => "none",
        (0, null) => "any number",
        (var least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
        var (least, most) when least == most => string.Create(CultureInfo.InvariantCulture, $"exactly {least}"),
        (0, var most) => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
        var (least, most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
    };

    [GeneratedRegex(@"\A(?<how>exactly|at least|at most)?\s*(?<first>\d+)(?:\s*(?:to|-|–)\s*(?<last>\d+))?\z")]
    private static partial Regex Form();
}
