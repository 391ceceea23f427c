using System.Globalization;
using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>The smallest and largest value of the data that a model's signature was inferred from. It stands in the metadata of the file <c>MLmodel</c>.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Name">The tensor or column; null where there is only one.</param>
public sealed record InputRange(double Minimum, double Maximum, string? Name = null)
{
    internal const string MetadataKey = "input_ranges";

    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Minimum:0.####} and {Maximum:0.####}");

    /// <summary>The ranges of all numbers in data.</summary>
    internal static IReadOnlyList<InputRange> Of(ModelData data) =>
        [.. data.Select(tensor => Of(tensor.Value, data.IsNamed ? tensor.Key : null)).OfType<InputRange>()];

    /// <summary>Reads the ranges from a model's metadata; none when they are not there.</summary>
    internal static IReadOnlyList<InputRange> Read(JsonObject? metadata)
    {
        try
        {
            return metadata?[MetadataKey] is JsonArray list
                ? [.. list.OfType<JsonObject>().Select(range => new InputRange(Number(range["min"]), Number(range["max"]), range["name"]?.GetValue<string>()))]
                : [];
        }
        catch (Exception foreign) when (foreign is InvalidOperationException or FormatException)
        {
            // Metadata are free: under this name somebody else keeps something else.
            return [];
        }
    }

    internal JsonObject ToJson()
    {
        var range = new JsonObject { ["max"] = Maximum, ["min"] = Minimum };
        if (Name is not null)
            range["name"] = Name;
        return range;
    }

    /// <summary>Whether values are pixels from 0 to 255 where the model learned from pixels between 0 and 1.</summary>
    internal bool LooksUnscaled(ModelTensor tensor) => Minimum >= 0 && Maximum <= 1 && tensor switch
    {
        ModelTensor<float> values => LooksUnscaled(values.Values.Span),
        ModelTensor<double> values => LooksUnscaled(values.Values.Span),
        _ => false,
    };

    private static bool LooksUnscaled<T>(ReadOnlySpan<T> values)
        where T : System.Numerics.INumber<T>
    {
        var most = T.CreateChecked(255);
        var largest = T.Zero;
        foreach (var value in values)
        {
            if (value < T.Zero || value > most || !T.IsInteger(value))
                return false;
            largest = T.Max(largest, value);
        }

        return largest > T.One;
    }

    private static InputRange? Of(ModelTensor tensor, string? name) => tensor switch
    {
        ModelTensor<float> values => Of(values.Values.Span, name),
        ModelTensor<double> values => Of(values.Values.Span, name),
        ModelTensor<byte> values => Of(values.Values.Span, name),
        _ when TensorTypes.IsFloat(tensor.DataType) || TensorTypes.IsWhole(tensor.DataType) => Of(tensor.AsType<double>().Values.Span, name),
        _ => null,
    };

    private static InputRange? Of<T>(ReadOnlySpan<T> values, string? name)
        where T : System.Numerics.INumber<T>
    {
        var (least, most, any) = (T.Zero, T.Zero, false);
        foreach (var value in values)
        {
            if (!T.IsFinite(value))
                continue;
            (least, most) = any ? (T.Min(least, value), T.Max(most, value)) : (value, value);
            any = true;
        }

        return any ? new(double.CreateChecked(least), double.CreateChecked(most), name) : null;
    }

    private static double Number(JsonNode? node) => node is null ? throw new FormatException() : double.Parse(node.ToString(), CultureInfo.InvariantCulture);
}
