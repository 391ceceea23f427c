using SkiaSharp;

namespace Tutorial.Helpers.Tests.Pictures;

/// <summary>A drawing as a photograph of paper would show it.</summary>
internal static class PaperPicture
{
    /// <summary>Dark ink on paper that gets darker from left to right.</summary>
    public static SKBitmap Of(DigitDrawing drawing, int side = 140)
    {
        var picture = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(picture);
        for (var column = 0; column < side; column++)
        {
            var grey = (byte)(238 - (column * 34 / side));
            using var shade = new SKPaint { Color = new SKColor(grey, grey, (byte)(grey - 10)) };
            canvas.DrawRect(column, 0, 1, side, shade);
        }

        var scale = (float)(side / Math.Max(drawing.Width, drawing.Height));
        using var pen = new SKPaint { Color = new SKColor(30, 44, 96), IsAntialias = true, IsStroke = true, StrokeWidth = (float)drawing.Brush * scale, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        foreach (var stroke in drawing.Strokes)
        {
            using var path = new SKPath();
            path.AddPoly([.. stroke.Select(point => new SKPoint((float)point.X * scale, (float)point.Y * scale))], close: false);
            canvas.DrawPath(path, pen);
        }

        return picture;
    }

    public static void Save(SKBitmap picture, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(file, data.ToArray());
    }
}
