using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using SkiaSharp;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class RemediesTests
{
    [Theory]
    [InlineData("loss 0.100", "loss 0.101", "tolerance 0.01")]
    [InlineData("loss 0", "loss 1e-9", "tolerance abs 1E-09")]
    [InlineData("lesson bold-crane-112", "lesson shy-fox-7", "normalize run-name")]
    [InlineData("a  b", "a b", "normalize whitespace")]
    [InlineData("a – b", "a - b", "normalize unicode")]
    [InlineData("1,234", "1234", "normalize thousands")]
    [InlineData("Done", "done", "normalize case")]
    [InlineData("lesson bold-crane-112 loss 0.100", "lesson shy-fox-7 loss 0.101", "normalize run-name` and `// test: tolerance 0.01")]
    [InlineData("lesson bold-crane-112  won", "lesson shy-fox-7 won", "normalize run-name whitespace")]
    [InlineData("seed 5", "seed 12345", "normalize numbers")]
    [InlineData("red", "blue", null)]
    [InlineData("1 2 3", "1 2", null)]
    public void The_narrowest_mark_that_would_make_outputs_equal_is_found(string stored, string now, string? remedy) =>
        Assert.Equal(remedy, Find(new ComparisonOptions(), [Printed(stored)], [Printed(now)]));

    [Fact]
    public void A_normalizer_that_was_turned_off_is_proposed_again() =>
        Assert.Equal("normalize durations", Find(new() { Normalizers = [.. Normalizer.Defaults.Where(normalizer => normalizer.Name != "durations")] }, [Printed("took 3 s")], [Printed("took 99 s")]));

    [Fact]
    public void Pictures_are_tried_with_less_similarity()
    {
        Assert.StartsWith("similarity 0.", Find(new(), [Picture(10, 0)], [Picture(10, 3)]), StringComparison.Ordinal);
        Assert.Null(Find(new(), [Picture(10, 0)], [Picture(60, 0)]));

        static CellOutput Picture(int x, byte shade)
        {
            using var surface = SKSurface.Create(new SKImageInfo(100, 100));
            surface.Canvas.Clear(SKColors.White);
            surface.Canvas.DrawRect(x, 10, 30, 30, new SKPaint { Color = new SKColor(shade, shade, shade) });
            if (shade > 0) surface.Canvas.DrawRect(70, 70, 3, 3, new SKPaint { Color = SKColors.LightGray });
            return Displayed(Convert.ToBase64String(surface.Snapshot().Encode(SKEncodedImageFormat.Png, 100).ToArray()), "image/png");
        }
    }

    [Theory]
    [InlineData(100_000, "tolerance 0.01")]
    [InlineData(100_001, null)]
    public void Outputs_are_tried_up_to_a_size(int characters, string? remedy)
    {
        var filling = new string('x', characters - 6);

        Assert.Equal(remedy, Find(new(), [Printed($"0.100 {filling}")], [Printed($"0.101 {filling}")]));
    }

    [Fact]
    public void Pictures_do_not_count_as_size_and_other_displays_do()
    {
        var large = new string('A', 240_000);

        Assert.Equal("tolerance 0.01", Find(new(), [Printed("loss 0.100"), Displayed(large, "image/x")], [Printed("loss 0.101"), Displayed(large, "image/x")]));
        Assert.Null(Find(new(), [Printed("loss 0.100"), Displayed(large)], [Printed("loss 0.101"), Displayed(large)]));
    }

    [Theory]
    [InlineData(100, 145, "similarity 0.9")]
    [InlineData(100, 175, "similarity 0.8")]
    [InlineData(100, 220, "similarity 0.7")]
    [InlineData(80, 220, "similarity 0.6")]
    [InlineData(60, 205, "similarity 0.5")]
    [InlineData(50, 205, null)]
    public void The_highest_similarity_that_would_do_is_proposed(byte stored, byte now, string? remedy)
    {
        // Of two flat pictures it is known from their shades: 0.93, 0.86, 0.75, 0.64, 0.54, 0.46.
        Assert.Equal(remedy, Find(new(), [Flat(stored)], [Flat(now)]));
    }

    [Fact]
    public void A_picture_among_other_outputs_is_tried_too() =>
        Assert.Equal("similarity 0.9", Find(new(), [Displayed("x"), Flat(100)], [Displayed("x"), Flat(145)]));

    [Fact]
    public void A_whole_bundle_must_become_equal() =>
        Assert.Null(Find(new(), [Displayed("loss 0.100"), Displayed("red")], [Displayed("loss 0.101"), Displayed("blue")]));

    [Fact]
    public void Outputs_of_megabytes_are_not_tried() =>
        Assert.Null(Find(new(), [Printed(new string('x', 2_000_000) + " 0.100")], [Printed(new string('x', 2_000_000) + " 0.101")]));

    private static string? Find(ComparisonOptions options, CellOutput[] stored, CellOutput[] now) => Remedies.Find(options, Normalizer.BuiltIn, stored, now);

    private static DisplayDataOutput Flat(byte shade)
    {
        using var surface = SKSurface.Create(new SKImageInfo(16, 16));
        surface.Canvas.Clear(new SKColor(shade, shade, shade));
        return (DisplayDataOutput)Displayed(Convert.ToBase64String(surface.Snapshot().Encode(SKEncodedImageFormat.Png, 100).ToArray()), "image/png");
    }
}
