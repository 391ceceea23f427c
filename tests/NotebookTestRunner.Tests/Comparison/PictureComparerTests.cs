using NotebookTestRunner.Comparison;
using SkiaSharp;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class PictureComparerTests
{
    [Fact]
    public void The_same_pixels_agree_however_they_are_stored()
    {
        var (small, large) = (Plot(quality: 100), Convert.ToBase64String(PngOf(compression: 0)));

        Assert.Null(Difference(small, large));
        Assert.Null(Difference(small, string.Join('\n', small.Chunk(76).Select(line => new string(line)))));
    }

    [Fact]
    public void What_nobody_sees_agrees()
    {
        Assert.Null(Difference(Plot(), Plot(colour: new SKColor(31, 119, 190))));
        Assert.Null(Difference(Plot(), Plot(shift: 0.25f)));
        Assert.Null(Difference(Plot(format: SKEncodedImageFormat.Jpeg), Plot(quality: 95, format: SKEncodedImageFormat.Jpeg)));
    }

    [Theory]
    [InlineData("0.91", 100, 0, true, 0xff1f77b4)]
    [InlineData("0.97", 101, 0, true, 0xff1f77b4)]
    [InlineData("0.97", 100, 1, true, 0xff1f77b4)]
    [InlineData("0.97", 100, 0, false, 0xff1f77b4)]
    [InlineData("0.97", 100, 0, true, 0xffff0000)]
    public void What_a_reader_sees_differs(string label, int bar, float shift, bool curve, uint colour) =>
        Assert.Contains("pixels changed", Difference(Plot(), Plot(label, bar, shift, curve, new SKColor(colour))), StringComparison.Ordinal);

    [Fact]
    public void A_digit_is_noticed_wherever_it_stands()
    {
        for (var x = 100; x < 132; x += 3)
        {
            Assert.NotNull(Difference(Digit('7', x), Digit('1', x)));
        }

        static string Digit(char digit, int x) => Encode(Render(canvas => canvas.DrawText(digit.ToString(), x, x, SKTextAlign.Left, new SKFont(SKTypeface.Default, 11), new SKPaint { IsAntialias = true })));
    }

    [Fact]
    public void The_place_and_the_amount_are_told()
    {
        var difference = Difference(Plot(), Plot("0.91"));

        Assert.Matches(@"^the pictures \(PNG, 640 × 480\) are 0\.\d+ alike where they differ most \(x (16|32) to (47|63), y (32|48) to (63|79)\), and must be 0\.95; \d+ of 307200 pixels changed$", difference);
    }

    [Fact]
    public void How_alike_they_must_be_is_a_choice()
    {
        Assert.Null(Difference(Plot(), Plot("0.91"), similarity: 0.7));
        Assert.NotNull(Difference(Plot(), Plot(colour: new SKColor(31, 119, 190)), similarity: 1));
        Assert.Null(Difference(Plot(), Plot(), similarity: 1));
    }

    [Fact]
    public void What_is_drawn_in_white_on_nothing_is_noticed_too()
    {
        Assert.NotNull(Difference(White(10), White(30)));

        static string White(int x)
        {
            using var surface = SKSurface.Create(new SKImageInfo(64, 64));
            surface.Canvas.DrawRect(x, 10, 20, 20, new SKPaint { Color = SKColors.White });
            return Encode(surface.Snapshot());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(33, 17)]
    [InlineData(28, 28)]
    public void Small_pictures_are_compared_too(int width, int height)
    {
        Assert.Null(Difference(Filled(width, height, SKColors.Blue), Filled(width, height, SKColors.Blue)));
        Assert.NotNull(Difference(Filled(width, height, SKColors.Blue), Filled(width, height, SKColors.Red)));
    }

    [Fact]
    public void A_picture_of_another_size_or_type_differs()
    {
        Assert.Equal("- PNG, 28 × 28\n+ PNG, 28 × 56", Difference(Filled(28, 28, SKColors.Blue), Filled(28, 56, SKColors.Blue)));
        Assert.Equal("- PNG, 28 × 28\n+ JPEG, 28 × 28", Difference(Filled(28, 28, SKColors.Blue), Filled(28, 28, SKColors.Blue, SKEncodedImageFormat.Jpeg)));
        Assert.Equal("- PNG, 28 × 28\n+ WebP, 28 × 28", Difference(Filled(28, 28, SKColors.Blue), Filled(28, 28, SKColors.Blue, SKEncodedImageFormat.Webp)));
        Assert.Equal("- PNG, 28 × 28\n+ GIF, 3 × 2", Difference(Filled(28, 28, SKColors.Blue), Convert.ToBase64String([.. "GIF89a"u8, 3, 0, 2, 0])));
        Assert.Equal("what is shown is not base64", Difference(Filled(28, 28, SKColors.Blue), "no!"));
        Assert.Equal("what is stored is not base64", Difference("no!", Filled(28, 28, SKColors.Blue)));
    }

    [Fact]
    public void Damaged_pictures_must_be_the_same_file()
    {
        var whole = Convert.FromBase64String(Filled(28, 28, SKColors.Blue));
        var cut = Convert.ToBase64String(whole[..60]);

        Assert.Null(Difference(cut, cut));
        Assert.StartsWith("the picture that is shown is damaged", Difference(Convert.ToBase64String(whole), cut), StringComparison.Ordinal);
        Assert.StartsWith("the picture that is stored is damaged", Difference(cut, Convert.ToBase64String(whole)), StringComparison.Ordinal);
        Assert.Null(Difference(Convert.ToBase64String([1, 2, 3]), Convert.ToBase64String([1, 2, 3])));
        Assert.Contains("a picture of 3 bytes", Difference(Convert.ToBase64String([1, 2, 3]), Convert.ToBase64String([1, 2, 4])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_too_large_to_unpack_is_compared_by_type_and_size_which_a_note_says()
    {
        var found = new ComparisonRecord();

        new PictureComparer(0.95).Compare("output 1, image/gif", Gif(0), Gif(1), found);

        Assert.Empty(found.Differences);
        Assert.Equal("output 1, image/gif: compared by type and size (GIF, 65535 × 65535), because it has more than 32 million pixels", Assert.Single(found.Notes));

        static string Gif(byte last) => Convert.ToBase64String([.. "GIF89a"u8, 255, 255, 255, 255, last]);
    }

    private static string? Difference(string stored, string now, double similarity = ComparisonOptions.DefaultSimilarity)
    {
        var found = new ComparisonRecord();
        new PictureComparer(similarity).Compare("output 1, image/png", stored, now, found);
        return found.Differences.Count == 0 ? null : Assert.Single(found.Differences).Text;
    }

    private static string Plot(string label = "0.97", int bar = 100, float shift = 0, bool curve = true, SKColor? colour = null, int quality = 100, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Convert.ToBase64String(Render(_ => { }, label, bar, shift, curve, colour).Encode(format, quality).ToArray());

    private static byte[] PngOf(int compression)
    {
        using var pixels = SKBitmap.FromImage(Render(_ => { })).PeekPixels();
        return pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, compression))!.ToArray();
    }

    private static string Filled(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(colour);
        return Convert.ToBase64String(surface.Snapshot().Encode(format, 100).ToArray());
    }

    private static string Encode(SKImage image) => Convert.ToBase64String(image.Encode(SKEncodedImageFormat.Png, 100).ToArray());

    private static SKImage Render(Action<SKCanvas> more, string label = "0.97", int bar = 100, float shift = 0, bool curve = true, SKColor? colour = null)
    {
        using var surface = SKSurface.Create(new SKImageInfo(640, 480));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var paint = new SKPaint { IsAntialias = true, Color = colour ?? new SKColor(31, 119, 180), StrokeWidth = 1.5f, Style = SKPaintStyle.Stroke };
        using var black = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        using var font = new SKFont(SKTypeface.Default, 11) { Edging = SKFontEdging.Antialias };
        if (curve)
        {
            for (var x = 0; x < 500; x++) canvas.DrawLine(80 + x, 240 + shift - 100 * MathF.Sin(x / 40f), 81 + x, 240 + shift - 100 * MathF.Sin((x + 1) / 40f), paint);
        }
        canvas.DrawRect(300, 400 - bar, 40, bar, black);
        canvas.DrawText(label, 20, 60, SKTextAlign.Left, font, black);
        canvas.DrawText("accuracy", 20, 90, SKTextAlign.Left, font, black);
        more(canvas);
        return surface.Snapshot();
    }
}
