using SkiaSharp;

namespace Tutorial.Helpers.Drawing;

/// <summary>Writes a canvas as PNG with SkiaSharp, at twice its size so that it stays sharp on dense screens.</summary>
internal static class PngRenderer
{
    private const int Scale = 2;

    // The SVG's sans-serif wish, as far as a machine has it.
    private static readonly string? s_family = new[] { "Segoe UI", "Helvetica Neue", "Roboto", "Arial", "Noto Sans", "DejaVu Sans", "Liberation Sans" }
        .FirstOrDefault(SKFontManager.Default.FontFamilies.Contains);

    public static byte[] Render(Canvas canvas)
    {
        if (SKFontManager.Default.FontFamilyCount == 0 && canvas.Shapes.OfType<Label>().Any())
        {
            throw new InvalidOperationException(
                $"The figure '{canvas.Title}' cannot be drawn as PNG: no font is installed on this machine, so its text would be missing. "
                + "Use .svg, which needs none, or install a font (for example the package fonts-dejavu-core).");
        }

        using var surface = SKSurface.Create(new SKImageInfo((int)Math.Ceiling(canvas.Width) * Scale, (int)Math.Ceiling(canvas.Height) * Scale));
        surface.Canvas.Clear(SKColor.Parse(Palette.Paper));
        surface.Canvas.Scale(Scale);
        foreach (var shape in canvas.Shapes)
            Draw(surface.Canvas, shape);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>A grey picture, one byte per pixel, as PNG.</summary>
    public static byte[] Encode(byte[] grey, int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var row = 0; row < height; row++)
            grey.AsSpan(row * width, width).CopyTo(bitmap.GetPixelSpan()[(row * bitmap.RowBytes)..]);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void Draw(SKCanvas target, Shape shape)
    {
        switch (shape)
        {
            case Polyline line:
                using (var path = new SKPath())
                using (var paint = Stroke(line.Stroke, line.Width))
                {
                    path.AddPoly([.. line.Points.Select(point => new SKPoint((float)point.X, (float)point.Y))], close: false);
                    using var dashes = line.Dashes is null ? null : SKPathEffect.CreateDash([.. line.Dashes], 0);
                    paint.PathEffect = dashes;
                    target.DrawPath(path, paint);
                }

                break;
            case Box box:
                using (var paint = Fill(box.Fill))
                    target.DrawRect((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height, paint);
                break;
            case Disc disc:
                using (var paint = Fill(disc.Fill))
                    target.DrawCircle((float)disc.Centre.X, (float)disc.Centre.Y, (float)disc.Radius, paint);
                if (disc.Stroke is not null)
                {
                    using var rim = Stroke(disc.Stroke, 1);
                    target.DrawCircle((float)disc.Centre.X, (float)disc.Centre.Y, (float)disc.Radius, rim);
                }

                break;
            case Label label:
                DrawText(target, label);
                break;
            case Picture picture:
                using (var image = SKImage.FromEncodedData(picture.Png))
                {
                    var place = SKRect.Create((float)picture.X, (float)picture.Y, (float)picture.Width, (float)picture.Height);
                    target.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
                }

                break;
            default:
                throw new InvalidOperationException($"{shape.GetType().Name} has no PNG form.");
        }
    }

    private static void DrawText(SKCanvas target, Label label)
    {
        using var typeface = SKTypeface.FromFamilyName(s_family, label.Bold ? SKFontStyle.Bold : SKFontStyle.Normal);
        using var font = new SKFont(typeface, (float)label.Size);
        using var paint = Fill(label.Fill);
        target.Save();
        target.Translate((float)label.At.X, (float)label.At.Y);
        if (label.Vertical)
            target.RotateDegrees(-90);
        var align = label.Anchor switch { Anchor.Start => SKTextAlign.Left, Anchor.End => SKTextAlign.Right, _ => SKTextAlign.Center };
        target.DrawText(label.Text, 0, 0, align, font, paint);
        target.Restore();
    }

    private static SKPaint Fill(string colour) => new() { Color = SKColor.Parse(colour), IsAntialias = true };

    private static SKPaint Stroke(string colour, double width) => new()
    {
        Color = SKColor.Parse(colour), IsAntialias = true, IsStroke = true, StrokeWidth = (float)width, StrokeJoin = SKStrokeJoin.Round,
    };
}
