using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>
/// A number as English text shows it: with its sign, separators of thousands, digits after the point, exponent and unit, or as a word. It
/// knows how to write another number in the same form.
/// </summary>
internal sealed partial record ShownNumber
{
    private const string Minus = "\u2212";

    /// <summary>What it is worth.</summary>
    public required double Value { get; init; }

    /// <summary>The digits without the unit, where they begin in the text that was read, and how many characters they take.</summary>
    public required (int Start, int Length) Digits { get; init; }

    /// <summary>The unit behind it without blanks, such as <c>%</c>; empty when there is none.</summary>
    public required string Unit { get; init; }

    /// <summary>Half of the last digit shown: what rounding can have taken away.</summary>
    public double Rounding => 0.5 * Math.Pow(10, Exponent - Decimals);

    private int Decimals { get; init; }

    private int Exponent { get; init; }

    private string Form { get; init; } = "";

    /// <summary>Reads the number at the end of a text; null when there is none.</summary>
    public static ShownNumber? ReadEnd(string text) => FromDigits(Digital().Match(text)) ?? FromWord(Worded().Match(text));

    /// <summary>Reads a text that is nothing but a number, with its unit; null when it is something else.</summary>
    public static ShownNumber? Read(string text)
    {
        var trimmed = text.Trim();
        return FromDigits(Digital().Match(trimmed)) is { Digits: (0, _) } number ? number : null;
    }

    /// <summary>All numbers in a text, in order.</summary>
    public static IEnumerable<double> All(string text) => Anywhere().Matches(text).Select(match => FromDigits(match)!.Value);

    /// <summary>Writes another number in this one's form, without the unit.</summary>
    public string Write(double value)
    {
        if (Form.Length > 0 && char.IsLetter(Form[0]))
        {
            return NumberWord.Write(value) is not { } word ? value.ToString("0.####", CultureInfo.InvariantCulture)
                : char.IsUpper(Form[0]) ? char.ToUpperInvariant(word[0]) + word[1..] : word;
        }
        var e = Form.AsSpan().IndexOfAny('e', 'E');
        var hasExponent = e >= 0;
        var power = hasExponent && value != 0 ? (int)Math.Floor(Math.Log10(Math.Abs(value))) : 0;
        var mantissa = Math.Round(value / Math.Pow(10, power), Decimals, MidpointRounding.AwayFromZero);
        if (hasExponent && Math.Abs(mantissa) >= 10) (mantissa, power) = (mantissa / 10, power + 1);
        var digits = Math.Abs(mantissa).ToString((Separator is null ? "0" : "#,##0") + (Decimals > 0 ? "." + new string('0', Decimals) : ""), CultureInfo.InvariantCulture);
        if (Separator is { } separator) digits = digits.Replace(',', separator);
        var sign = mantissa < 0 ? (Form.StartsWith(Minus, StringComparison.Ordinal) ? Minus : "-") : Form.StartsWith('+') ? "+" : "";
        return sign + digits + (hasExponent ? Form[e] + WritePower(power, Form[(e + 1)..]) : "");
    }

    private char? Separator => Form.IndexOfAny([',', '_', '\'', '\u00a0', '\u202f']) is var at and >= 0 ? Form[at] : null;

    // As many digits, and a plus sign where there was one: 1e-05 becomes 2e-04.
    private static string WritePower(int power, string form) =>
        (power < 0 ? form.StartsWith(Minus, StringComparison.Ordinal) ? Minus : "-" : form.StartsWith('+') ? "+" : "")
        + Math.Abs(power).ToString("D" + form.Count(char.IsAsciiDigit).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static ShownNumber? FromDigits(Match match)
    {
        if (!match.Success) return null;
        var digits = match.Groups["digits"];
        var exponentText = match.Groups["exponent"].Value.TrimStart('e', 'E').Replace(Minus, "-", StringComparison.Ordinal);
        var plain = new string([.. digits.Value.Replace(Minus, "-", StringComparison.Ordinal).Where(c => c is not (',' or '_' or '\'' or '\u00a0' or '\u202f'))]);
        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return null;
        return new ShownNumber
        {
            Value = value,
            Digits = (digits.Index, digits.Length),
            Unit = WithoutBlanks(match.Groups["unit"].Value),
            Decimals = Math.Max(0, match.Groups["fraction"].Length - 1),
            Exponent = exponentText.Length == 0 ? 0 : int.Parse(exponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            Form = digits.Value,
        };
    }

    private static ShownNumber? FromWord(Match match)
    {
        if (!match.Success) return null;
        var (before, last) = (match.Groups["before"], match.Groups["last"]);
        return NumberWord.Read(last.Value) is { } value ? Word(last, value, "")
            : before.Success && NumberWord.Read(before.Value) is { } counted ? Word(before, counted, last.Value)
            : null;

        static ShownNumber Word(Group word, int value, string unit) =>
            new() { Value = value, Digits = (word.Index, word.Length), Unit = unit, Form = word.Value };
    }

    private static string WithoutBlanks(string unit) => EntityBlanks().Replace(unit, "").Trim(' ', '\u00a0', '\u202f', '-');

    private const string Number =
        @"(?<![\w.,])(?<digits>[-+\u2212]?(?:\d{1,3}(?<group>[,_'\u00a0\u202f])\d{3}(?:\k<group>\d{3})*(?!\d)|\d+)(?<fraction>\.\d+)?(?<exponent>[eE][-+\u2212]?\d{1,3})?)";

    private const string UnitBehind = @"(?<unit>(?:[ \u00a0\u202f]|&nbsp;|&thinsp;|&\#160;)?[%‰°]\p{L}{0,2}|(?:[ \u00a0\u202f-]|&nbsp;|&thinsp;|&\#160;)?\p{L}[\p{L}/²³]*)?";

    [GeneratedRegex(Number + UnitBehind + "$")]
    private static partial Regex Digital();

    [GeneratedRegex(Number + @"(?![\w])")]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"(?:(?<![\w-])(?<before>\p{L}+(?:-\p{L}+)?)[ \u00a0\u202f])?(?<![\w-])(?<last>\p{L}+(?:-\p{L}+)?)$")]
    private static partial Regex Worded();

    [GeneratedRegex(@"&nbsp;|&thinsp;|&\#160;")]
    private static partial Regex EntityBlanks();
}
