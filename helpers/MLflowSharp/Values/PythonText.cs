using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MLflowSharp.Values;

/// <summary>Text of a value as Python's <c>str</c> gives it, so that a parameter logged from C# and from Python reads the same.</summary>
internal static class PythonText
{
    /// <summary>As <c>str(value)</c>.</summary>
    public static string Of(object? value) => value is string text ? text : Represent(value);

    /// <summary>A double as Python's <c>repr</c>: the shortest digits that read back to the same number.</summary>
    public static string Of(double value) => Number(value.ToString("R", CultureInfo.InvariantCulture), value);

    private static string Represent(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        string text => Quote(text),
        char c => c.ToString(),
        double number => Of(number),
        float number => Number(number.ToString("R", CultureInfo.InvariantCulture), number),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IDictionary pairs => $"{{{string.Join(", ", Entries(pairs))}}}",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Represent(tuple[i])))}{(tuple.Length == 1 ? "," : "")})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Represent))}]",
        _ => value.ToString() ?? "",
    };

    private static IEnumerable<string> Entries(IDictionary pairs)
    {
        foreach (DictionaryEntry pair in pairs)
            yield return $"{Represent(pair.Key)}: {Represent(pair.Value)}";
    }

    private static string Quote(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when c == quote => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }

    private static string Number(string shortest, double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var sign = double.IsNegative(value) ? "-" : "";
        // The power of ten of the first digit that is not zero.
        var parts = shortest.TrimStart('-').Split('E');
        var allDigits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = allDigits.TrimStart('0');
        var beforePoint = parts[0].IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? point : parts[0].Length;
        var exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) + beforePoint - 1 - (allDigits.Length - digits.Length);
        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
            (digits, exponent) = ("0", 0);
        // Python writes exponents below -4 and from 16 on in scientific form, with at least two digits of exponent.
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        digits = digits.PadRight(exponent + 1, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0")}";
    }
}
