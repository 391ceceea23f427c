using System.Globalization;
using System.Text.RegularExpressions;
using MLflowSharp.Values;

namespace MLflowSharp.Projects.Sweeps;

/// <summary>
/// What a sweep tries for one parameter: a list, <c>optimizer=adam,adagrad</c>, or a range, <c>lr=loguniform(0.0001,0.1)</c>,
/// <c>dropout=uniform(0,0.5)</c>, <c>epochs=int(2,5)</c> (both ends included).
/// </summary>
public sealed partial class SearchDimension
{
    private readonly Func<Random, string> _draw;

    private SearchDimension(string name, string text, IReadOnlyList<string> values, Func<Random, string> draw) => (Name, _text, Values, _draw) = (name, text, values, draw);

    private readonly string _text;

    /// <summary>The parameter.</summary>
    public string Name { get; }

    /// <summary>The values of a list, in their order; empty for a range.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Reads <c>name=…</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when it is neither a list nor a range.</exception>
    public static SearchDimension Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } space])
            throw Refuse(text, "it is not of the form name=values");
        if (RangePattern().Match(space) is not { Success: true } range)
        {
            var values = space.Split(',', StringSplitOptions.TrimEntries);
            return new SearchDimension(name, text, values, random => values[random.Next(values.Length)]);
        }

        var kind = range.Groups["kind"].Value;
        if (!TryNumber(range.Groups["low"].Value, out var low) || !TryNumber(range.Groups["high"].Value, out var high) || !(low < high))
            throw Refuse(text, "the ends of its range are not two numbers, the lower one first");
        if (kind == "loguniform" && low <= 0)
            throw Refuse(text, "a range of logarithms begins above 0");
        if (kind == "int" && (low != Math.Floor(low) || high != Math.Floor(high) || Math.Abs(low) > int.MaxValue || Math.Abs(high) > int.MaxValue - 1.0))
            throw Refuse(text, "the ends of an int range are not whole numbers");
        return new SearchDimension(name, text, [], kind switch
        {
            "uniform" => random => PythonText.Of(Rounded(low + (random.NextDouble() * (high - low)))),
            "loguniform" => random => PythonText.Of(Rounded(Math.Exp(Math.Log(low) + (random.NextDouble() * (Math.Log(high) - Math.Log(low)))))),
            _ => random => random.NextInt64((long)low, (long)high + 1).ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => _text;

    internal string Draw(Random random) => _draw(random);

    // More digits than anyone compares only make parameters hard to read.
    private static double Rounded(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static MlflowException Refuse(string text, string why) =>
        MlflowException.Invalid($"The sweep does not understand '{text}': {why}. Write a list such as lr=0.1,0.01, or a range such as lr=loguniform(0.0001,0.1), uniform(…,…) or int(…,…).");

    [GeneratedRegex(@"^(?<kind>uniform|loguniform|int)\((?<low>[^,()]+),(?<high>[^,()]+)\)\z")]
    private static partial Regex RangePattern();
}
