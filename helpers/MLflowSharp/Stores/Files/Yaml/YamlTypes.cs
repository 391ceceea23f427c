using System.Globalization;
using System.Text.RegularExpressions;

namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>What YAML 1.1 takes an unquoted value for (https://yaml.org/type/), as far as PyYAML follows it.</summary>
internal static partial class YamlTypes
{
    public static object? Resolve(string plain)
    {
        if (IsText(plain))
            return plain;
        if (IsNull(plain))
            return null;
        return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == plain
            ? number
            : new YamlPlain(plain);
    }

    /// <summary>Whether an unquoted value is read as text.</summary>
    public static bool IsText(string plain)
    {
        if (plain.Length == 0)
            return false;
        // Only what starts like this can be anything else: nearly every text is decided here.
        return plain[0] switch
        {
            'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' or '~' => plain.Length > 5 || (!IsTruth(plain) && !IsNull(plain)),
            >= '1' and <= '9' when plain.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 => false,
            // A version such as 3.11.7. Files of models hold no other numbers, and their readers need no patterns then.
            >= '0' and <= '9' when plain.AsSpan().IndexOfAnyExceptInRange('.', '9') < 0 && plain.AsSpan().Count('.') > 1 => true,
            '-' or '+' or '.' or (>= '0' and <= '9') => !NumberPattern().IsMatch(plain) && !TimePattern().IsMatch(plain),
            '<' => plain != "<<",
            '=' => plain != "=",
            _ => true,
        };
    }

    private static bool IsTruth(string plain) => plain is "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE" or "on" or "On" or "ON" or "off" or "Off" or "OFF";

    private static bool IsNull(string plain) => plain is "" or "~" or "null" or "Null" or "NULL";

    [GeneratedRegex(
        @"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
        + @"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        + @"|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(
        @"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
        + @"(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)\z")]
    private static partial Regex TimePattern();
}
