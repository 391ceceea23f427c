using System.Globalization;

namespace NotebookTestRunner.Comparison;

/// <summary>Says how numbers changed.</summary>
internal static class NumberText
{
    /// <summary>The change relative to the number stored, such as "-6.2 %"; the plain difference where that was zero.</summary>
    public static string Change(double stored, double now) =>
        !double.IsFinite(stored) || !double.IsFinite(now) ? "not finite"
        : stored == now ? "the same number, written otherwise"
        : stored == 0 ? Signed(now)
        : Signed((now - stored) / Math.Abs(stored) * 100) + " %";

    private static string Signed(double value) => (value > 0 ? "+" : "") + value.ToString("G3", CultureInfo.InvariantCulture);
}
