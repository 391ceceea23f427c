namespace Tutorial.Helpers.Tests.Sketching;

public sealed class DigitPreprocessingTests
{
    [Fact]
    public void The_ink_of_every_drawing_has_its_centre_of_mass_in_the_middle()
    {
        foreach (var sample in SampleDrawings.All)
        {
            var (x, y) = DigitPreprocessing.CentreOfMass(sample.Drawing.ToImage().Pixels.Span);
            Assert.True(Math.Abs(x - 14) < 0.1 && Math.Abs(y - 14) < 0.1, $"{sample.Digit}, {sample.Manner}: {x}, {y}");
        }
    }

    [Fact]
    public void The_ink_fills_a_box_of_20_by_20()
    {
        foreach (var sample in SampleDrawings.All)
        {
            var (width, height) = Extent(sample.Drawing.ToImage(DigitFit.BoundingBox));
            Assert.InRange(Math.Max(width, height), 19, 22);
        }
    }

    [Fact]
    public void Where_and_how_large_a_digit_is_drawn_makes_no_difference()
    {
        var plain = new DigitDrawing([[new(100, 60), new(180, 60), new(120, 200)]]);
        var moved = plain with { Strokes = [[.. plain.Strokes[0].Select(point => new PenPoint((point.X / 2) + 130, (point.Y / 2) + 5))]], Brush = 10 };

        Assert.Equal(plain.ToImage().Pixels.ToArray(), moved.ToImage().Pixels.ToArray());
        Assert.NotEqual(plain.ToImage(DigitFit.WholeCanvas).Pixels.ToArray(), moved.ToImage(DigitFit.WholeCanvas).Pixels.ToArray());
    }

    [Fact]
    public void The_whole_canvas_is_made_smaller_as_it_is()
    {
        var image = new DigitDrawing([[new(20, 20)]], 280, 280, 20).ToImage(DigitFit.WholeCanvas);

        Assert.True(image[1, 1] > 200 && image[2, 2] > 200);
        Assert.Equal(0, image[10, 10]);
    }

    [Fact]
    public void A_dot_is_a_dot_in_the_middle()
    {
        var image = new DigitDrawing([[new(3, 270)]]).ToImage();

        Assert.Equal(255, image[13, 13]);
        Assert.Equal(0, image[13, 18]);
    }

    [Fact]
    public void Edges_are_smooth() =>
        Assert.True(new DigitDrawing([[new(100, 60), new(120, 200)]]).ToImage().Pixels.ToArray().Count(pixel => pixel is > 0 and < 255) > 20);

    private static (int Width, int Height) Extent(MnistImage image)
    {
        var ink = Enumerable.Range(0, MnistImage.PixelCount).Where(index => image.Pixels.Span[index] > 0).ToList();
        var (columns, rows) = (ink.Select(index => index % MnistImage.Side), ink.Select(index => index / MnistImage.Side));
        return (columns.Max() - columns.Min() + 1, rows.Max() - rows.Min() + 1);
    }
}
