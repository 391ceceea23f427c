namespace Tutorial.Helpers.Drawing;

/// <summary>Colours that people with any common colour vision tell apart (Okabe and Ito, 2008), on white so that a dark page shows them as well.</summary>
internal static class Palette
{
    public const string Paper = "#ffffff";
    public const string Ink = "#1a1a1a";
    public const string FaintInk = "#595959";
    public const string Grid = "#e3e3e3";

    // Okabe and Ito's yellow and black are left out: the one is too faint on white, the other is the colour of text.
    public static readonly string[] Series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];

    // A second sign beside the colour, for grey printing.
    private static readonly float[]?[] s_dashes = [null, [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [12, 4]];

    public static string Colour(int series) => Series[series % Series.Length];

    public static IReadOnlyList<float>? Dashes(int series) => s_dashes[series % s_dashes.Length];
}
