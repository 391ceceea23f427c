using System.Globalization;

namespace CSharpKernel.Widgets.Model;

/// <summary>A progress bar for pages without widgets.</summary>
internal static class ProgressText
{
    /// <summary>HTML's own progress bar.</summary>
    public static string Bar(double value, double maximum) =>
        string.Create(CultureInfo.InvariantCulture, $"<progress value=\"{value}\" max=\"{(maximum > 0 ? maximum : 1)}\"></progress>");
}
