using System.Globalization;
using System.Numerics;
using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MLflowSharp.Projects.Files;

/// <summary>What PyYAML reads a value as, and the text that Python makes of it: <c>0.10</c> is a number and becomes <c>0.1</c>, <c>yes</c> becomes <c>True</c>.</summary>
internal static class YamlValue
{
    /// <summary>The text of a value; null for none.</summary>
    public static string? Text(YamlNode node) => Of(node) is { } value ? PythonText.Of(value) : null;

    private static object? Of(YamlNode node) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } plain => Plain(plain.Value ?? ""),
        YamlScalarNode scalar => scalar.Value ?? "",
        YamlSequenceNode list => list.Children.Select(Of).ToList(),
        YamlMappingNode map => new OrderedDictionary<object, object?>(map.Children.Select(child => KeyValuePair.Create(Of(child.Key) ?? "", Of(child.Value)))),
        _ => null,
    };

    private static object? Plain(string text)
    {
        if (text.Length == 0 || text is "~" or "null" or "Null" or "NULL")
            return null;
        if (YamlTypes.IsText(text))
            return text;
        return text.ToUpperInvariant() switch
        {
            "YES" or "TRUE" or "ON" => true,
            "NO" or "FALSE" or "OFF" => false,
            _ => Number(text.Replace("_", "", StringComparison.Ordinal)) ?? text,
        };
    }

    private static object? Number(string text)
    {
        var sign = text[0] == '-' ? -1 : 1;
        var digits = text.TrimStart('+', '-');
        if (digits.StartsWith("0x", StringComparison.Ordinal))
            return sign * BigInteger.Parse($"0{digits[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (digits.StartsWith("0b", StringComparison.Ordinal))
            return sign * Whole(digits[2..], 2);
        if (digits.Length > 1 && digits[0] == '0' && digits.All(char.IsAsciiDigit))
            return sign * Whole(digits, 8);
        if (digits.ToUpperInvariant() is ".INF")
            return sign * double.PositiveInfinity;
        if (digits.ToUpperInvariant() is ".NAN")
            return double.NaN;
        if (digits.Contains(':', StringComparison.Ordinal) && digits.Split(':') is var parts)
        {
            // Sexagesimal: 1:30 is 90.
            var all = parts.Aggregate(0.0, (sum, part) => (sum * 60) + double.Parse(part, CultureInfo.InvariantCulture));
            return digits.Contains('.', StringComparison.Ordinal) ? sign * all : new BigInteger(sign * all);
        }

        if (BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return sign * whole;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? sign * number : null;
    }

    private static BigInteger Whole(string digits, int radix) => digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + (digit - '0'));
}
