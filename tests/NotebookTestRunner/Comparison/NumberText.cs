using System.Globalization;

namespace NotebookTestRunner.Comparison;

/// <summary>Reads numbers and says how they changed.</summary>
internal static class NumberText
{
    /// <summary>The number that a text is, or null.</summary>
    public static double? TryRead(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The change relative to the number stored, such as "-6.2 %"; the plain difference where that was zero.</summary>
    public static string Change(double stored, double now) =>
        !double.IsFinite(stored) || !double.IsFinite(now) ? "not finite"
        : stored == now ? "the same number, written otherwise"
        : stored == 0 ? Signed(now)
        : Signed((now - stored) / Math.Abs(stored) * 100) + " %";

    private static string Signed(double value) => (value > 0 ? "+" : "") + value.ToString("G3", CultureInfo.InvariantCulture);
}
