namespace Tutorial.Helpers.Tests.Pictures;

/// <summary>The pictures in <c>data/own-digits</c>, which readers replace by their own. With <c>UPDATE_SAMPLE_PICTURES=1</c> they are made again.</summary>
public sealed class SamplePicturesTests
{
    internal static readonly string Folder = Path.Combine(Path.GetDirectoryName(Mnist.Load().Directory)!, "own-digits");

    // One hand writes aside, the other aslant.
    private static IEnumerable<(string File, DigitDrawing Drawing)> Samples() =>
        SampleDrawings.All.Where(sample => sample.Manner == "off-centre").Index().Where(each => each.Index % 2 == 0).Select(each => (Path.Combine(Folder, $"{each.Item.Digit}", "first-hand.png"), each.Item.Drawing))
            .Concat(SampleDrawings.All.Where(sample => sample.Manner == "rotated by 10°").Index().Where(each => each.Index % 2 == 1).Select(each => (Path.Combine(Folder, $"{each.Item.Digit}", "second-hand.png"), each.Item.Drawing)));

    [Fact]
    public void They_are_the_drawings_that_the_course_has()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SAMPLE_PICTURES") == "1")
        {
            foreach (var (file, drawing) in Samples())
            {
                using var picture = PaperPicture.Of(drawing);
                PaperPicture.Save(picture, file);
            }
        }

        Assert.Equal(Samples().Select(sample => sample.File).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        foreach (var (file, drawing) in Samples())
        {
            using var picture = PaperPicture.Of(drawing);
            Assert.Equal(InkPicture.Of(picture)!.ToMnist(), DigitPictures.Read(file).Pixels.ToArray());
        }
    }
}
