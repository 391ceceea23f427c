using System.Globalization;

namespace MLflowSharp;

/// <summary>Classes as text, whatever type they have.</summary>
internal static class LabelText
{
    /// <summary>The classes of a tensor with one a row.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when there are several a row.</exception>
    public static IReadOnlyList<string> Of(ModelTensor labels, string what)
    {
        if (labels.Shape.Count == 0 || labels.Count != labels.Shape[0])
            throw MlflowException.Invalid($"{what}: expected one class a row, found shape {ModelTensor.Text(labels.Shape)}.");
        return [.. Enumerable.Range(0, labels.Count).Select(index => Of(labels.ValueAt(index)))];
    }

    /// <summary>The different classes in their order: as numbers where all are, else as text.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string> labels)
    {
        var different = labels.Distinct(StringComparer.Ordinal).ToList();
        return different.TrueForAll(label => double.TryParse(label, CultureInfo.InvariantCulture, out _))
            ? [.. different.OrderBy(label => double.Parse(label, CultureInfo.InvariantCulture))]
            : [.. different.Order(StringComparer.Ordinal)];
    }

    private static string Of(object? label) => label switch
    {
        null => "",
        bool truth => truth ? "True" : "False",
        double number when double.IsInteger(number) => ((long)number).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(label, CultureInfo.InvariantCulture)!,
    };
}
