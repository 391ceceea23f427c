using System.Globalization;
using System.Text.RegularExpressions;

namespace MLflowSharp.Serving.Maintenance;

/// <summary>An age as MLflow's <c>gc --older-than</c> takes it: <c>1d2h3m4s</c>, any part of it.</summary>
internal static partial class Age
{
    /// <summary>Reads one.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static TimeSpan Parse(string text)
    {
        if (text.Length == 0 || Pattern().Match(text) is not { Success: true } match)
            throw new MlflowException($"'{text}' is no age. Write it as 30d, 12h, 1d2h3m4s.", ErrorCode.InvalidParameterValue);
        return TimeSpan.FromDays(Part("d")) + TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("m")) + TimeSpan.FromSeconds(Part("s"));

        double Part(string name) => match.Groups[name] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^(?:(?<d>[0-9]{1,5}(?:\.[0-9]+)?)d)?(?:(?<h>[0-9]{1,6}(?:\.[0-9]+)?)h)?(?:(?<m>[0-9]{1,7}(?:\.[0-9]+)?)m)?(?:(?<s>[0-9]{1,9}(?:\.[0-9]+)?)s)?\z")]
    private static partial Regex Pattern();
}
