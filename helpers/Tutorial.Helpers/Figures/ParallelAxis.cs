using System.Globalization;
using System.Text.Json.Nodes;

namespace Tutorial.Helpers;

/// <summary>An axis of parallel coordinates: numbers by their size (positive ones over several powers of ten by their logarithm), texts one above the other.</summary>
/// <param name="Name">What it shows, without <c>params.</c> or <c>metrics.</c>.</param>
/// <param name="Places">Where each run lies, from 0 at the bottom to 1 at the top.</param>
/// <param name="Texts">Each run's value in words.</param>
/// <param name="Ticks">What stands beside the axis, and where.</param>
internal sealed record ParallelAxis(string Name, IReadOnlyList<double> Places, IReadOnlyList<string> Texts, IReadOnlyList<(double Place, string Text)> Ticks)
{
    private const double SeveralPowersOfTen = 30;

    public static ParallelAxis Of(string column, IReadOnlyList<object?> values)
    {
        var name = column[(column.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var numbers = values.Select(Number).ToArray();
        return numbers.Any(double.IsNaN) ? OfTexts(name, [.. values.Select(value => value?.ToString() ?? "(none)")]) : OfNumbers(name, numbers);
    }

    public string Describe() => Ticks is [var (_, low), .., var (_, high)] ? $"{Name} ({low} to {high})" : $"{Name} ({Ticks[0].Text})";

    public JsonObject ToPlotly() => new()
    {
        ["label"] = Name,
        ["range"] = new JsonArray(0, 1),
        ["values"] = new JsonArray([.. Places.Select(place => JsonValue.Create(place))]),
        ["tickvals"] = new JsonArray([.. Ticks.Select(tick => JsonValue.Create(tick.Place))]),
        ["ticktext"] = new JsonArray([.. Ticks.Select(tick => JsonValue.Create(tick.Text))]),
    };

    private static ParallelAxis OfTexts(string name, string[] texts)
    {
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        double Place(string text) => distinct.Length == 1 ? 0.5 : (double)Array.IndexOf(distinct, text) / (distinct.Length - 1);
        return new(name, [.. texts.Select(Place)], texts, [.. distinct.Select(text => (Place(text), text))]);
    }

    private static ParallelAxis OfNumbers(string name, double[] numbers)
    {
        var isLogarithmic = numbers.Min() > 0 && numbers.Max() / numbers.Min() > SeveralPowersOfTen;
        double Scaled(double number) => isLogarithmic ? Math.Log10(number) : number;
        var (low, high) = (Scaled(numbers.Min()), Scaled(numbers.Max()));
        double Place(double number) => low == high ? 0.5 : Math.Round((Scaled(number) - low) / (high - low), 4);
        double[] distinct = [.. numbers.Distinct().Order()];
        var ticks = distinct.Length <= 6 ? distinct : [distinct[0], isLogarithmic ? Math.Pow(10, (low + high) / 2) : (distinct[0] + distinct[^1]) / 2, distinct[^1]];
        return new(name, [.. numbers.Select(Place)], [.. numbers.Select(Axis.Text)], [.. ticks.Select(tick => (Place(tick), Axis.Text(tick)))]);
    }

    private static double Number(object? value) => value switch
    {
        double number when double.IsFinite(number) => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => double.NaN,
    };
}
