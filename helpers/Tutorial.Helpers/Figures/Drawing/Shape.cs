namespace Tutorial.Helpers.Drawing;

/// <summary>One element of a <see cref="Canvas"/>; lengths are in CSS pixels, y grows downwards, colours are <c>#rrggbb</c>.</summary>
internal abstract record Shape;

/// <summary>A line through points.</summary>
internal sealed record Polyline(IReadOnlyList<Point> Points, string Stroke, double Width = 1, IReadOnlyList<float>? Dashes = null) : Shape;

/// <summary>A filled rectangle; <paramref name="Hint"/> is shown when the pointer rests on it.</summary>
internal sealed record Box(double X, double Y, double Width, double Height, string Fill, string? Hint = null) : Shape;

/// <summary>A disc with an optional rim.</summary>
internal sealed record Disc(Point Centre, double Radius, string Fill, string? Stroke = null, string? Hint = null) : Shape;

/// <summary>A line of text; <paramref name="At"/> is the start, middle or end of its base line.</summary>
internal sealed record Label(Point At, string Text, double Size = 12, Anchor Anchor = Anchor.Middle, string Fill = Palette.Ink, bool Bold = false, bool Vertical = false) : Shape;

/// <summary>A PNG picture, enlarged without smoothing.</summary>
internal sealed record Picture(double X, double Y, double Width, double Height, byte[] Png) : Shape;

/// <summary>A place on a canvas.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>Which part of a text lies at its place.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}
