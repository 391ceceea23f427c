using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

/// <summary>The figures, checked against the paper's formula worked out by hand.</summary>
public sealed class PictureSimilarityTests
{
    private const double C1 = 6.5025;
    private const double C2 = 58.5225;

    [Fact]
    public void Of_flat_pictures_the_means_decide() =>
        AssertAlike(new((2 * 100 * 120 + C1) / (100 * 100 + 120 * 120 + C1), 0, 0, 8, 8, 64), Of(8, 8, (_, _) => 100, (_, _) => 120));

    [Fact]
    public void Of_pictures_with_the_same_mean_the_pattern_decides() =>
        AssertAlike(new((-20000 + C2) / (20000 + C2), 0, 0, 8, 8, 64), Of(8, 8, (x, _) => x % 2 * 200, (x, _) => 200 - x % 2 * 200));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tile_is_the_average_of_windows_half_a_window_apart(bool inRow)
    {
        var alike = inRow ? Of(16, 8, (_, _) => 100, (x, _) => x < 8 ? 100 : 120) : Of(8, 16, (_, _) => 100, (_, y) => y < 8 ? 100 : 120);

        var (same, half, other) = (1.0, (2 * 100 * 110 + C1) * C2 / ((100 * 100 + 110 * 110 + C1) * (100 + C2)), (2 * 100 * 120 + C1) / (100 * 100 + 120 * 120 + C1));
        Assert.Equal((same + half + other) / 3, alike.Value, 12);
    }

    [Theory]
    [InlineData(5, 5, 0, 0, 32, 32)]
    [InlineData(29, 5, 16, 0, 32, 32)]
    [InlineData(5, 40, 0, 32, 32, 32)]
    [InlineData(99, 69, 80, 48, 20, 22)]
    [InlineData(99, 5, 80, 0, 20, 32)]
    [InlineData(60, 69, 48, 48, 32, 22)]
    public void The_tile_that_is_least_alike_is_told(int x, int y, int left, int top, int width, int height)
    {
        var alike = Of(100, 70, (_, _) => 255, (column, row) => column == x && row == y ? 0 : 255);

        Assert.True(alike.Value < 1);
        Assert.Equal(1, alike.ChangedPixels);
        Assert.InRange(x, alike.X, alike.X + alike.Width - 1);
        Assert.InRange(y, alike.Y, alike.Y + alike.Height - 1);
        Assert.Equal((width, height), (alike.Width, alike.Height));
        Assert.Equal((left, top), (alike.X, alike.Y));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(35)]
    public void Each_edge_counts_whatever_the_size(int size)
    {
        for (var edge = 0; edge < 4; edge++)
        {
            var alike = Of(size, size, (_, _) => 255, (x, y) => (edge switch { 0 => x, 1 => y, 2 => size - 1 - x, _ => size - 1 - y }) == 0 ? 0 : 255);

            Assert.True(alike.Value < 0.9, $"Edge {edge} of {size} pixels: {alike.Value}");
        }
    }

    [Fact]
    public void The_channel_that_is_least_alike_counts_and_so_does_opacity()
    {
        var blue = PictureSimilarity.Of(Pixels(8, 8, (_, _) => (100, 100, 100, 255)), Pixels(8, 8, (_, _) => (100, 100, 120, 255)), 8, 8);
        var opacity = PictureSimilarity.Of(Pixels(8, 8, (_, _) => (255, 255, 255, 255)), Pixels(8, 8, (_, _) => (255, 255, 255, 0)), 8, 8);

        Assert.Equal((2 * 100 * 120 + C1) / (100 * 100 + 120 * 120 + C1), blue.Value, 12);
        Assert.Equal(C1 / (255 * 255 + C1), opacity.Value, 12);
    }

    [Fact]
    public void What_is_half_seen_through_counts_as_on_white()
    {
        var alike = PictureSimilarity.Of(Pixels(8, 8, (_, _) => (55, 155, 255, 51)), Pixels(8, 8, (_, _) => (215, 235, 255, 51)), 8, 8);

        // A fifth of 200 and of 100 below white is 215 and 235; the other is lightened likewise.
        var (a, b) = (215.0, 247.0);
        Assert.Equal((2 * a * b + C1) / (a * a + b * b + C1), alike.Value, 12);
    }

    [Fact]
    public void Equal_pictures_are_all_alike() => Assert.Equal(new PictureSimilarity(1, 0, 0, 3, 2, 0), Of(3, 2, (_, _) => 7, (_, _) => 7));

    private static void AssertAlike(PictureSimilarity expected, PictureSimilarity actual)
    {
        Assert.Equal(expected.Value, actual.Value, 12);
        Assert.Equal(expected with { Value = 0 }, actual with { Value = 0 });
    }

    private static PictureSimilarity Of(int width, int height, Func<int, int, int> stored, Func<int, int, int> now) =>
        PictureSimilarity.Of(Pixels(width, height, Grey(stored)), Pixels(width, height, Grey(now)), width, height);

    private static Func<int, int, (int, int, int, int)> Grey(Func<int, int, int> value) => (x, y) => (value(x, y), value(x, y), value(x, y), 255);

    private static byte[] Pixels(int width, int height, Func<int, int, (int Red, int Green, int Blue, int Opacity)> colour) =>
        [.. Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => colour(x, y))).SelectMany(c => (byte[])[(byte)c.Red, (byte)c.Green, (byte)c.Blue, (byte)c.Opacity])];
}
