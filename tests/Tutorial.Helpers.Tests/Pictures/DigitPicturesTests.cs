using SkiaSharp;

namespace Tutorial.Helpers.Tests.Pictures;

public sealed class DigitPicturesTests : IDisposable
{
    private static readonly DigitDrawing s_seven = SampleDrawings.All.First(sample => sample is { Digit: 7, Manner: "plain" }).Drawing;
    private readonly string _folder = Directory.CreateTempSubdirectory("pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folders_say_which_digit_their_pictures_show()
    {
        Save("7/b.png", s_seven);
        Save("7/a.PNG", s_seven);
        Save("3/one.png", s_seven);
        Save("unknown.png", s_seven);
        File.WriteAllText(Path.Combine(_folder, "7", "notes.txt"), "no picture");

        Assert.Equal([3, 7, 7, -1], DigitPictures.Load(_folder).ToLabels());
    }

    [Fact]
    public void A_digit_is_fitted_and_centred_whatever_its_size_and_place()
    {
        using var small = PaperPicture.Of(s_seven, side: 100);
        using var large = PaperPicture.Of(s_seven, side: 700);
        using var corner = PaperPicture.Of(s_seven with { Width = 500, Height = 500 }, side: 250);

        var image = new MnistImage(InkPicture.Of(large)!.ToMnist(), 7);
        Assert.Equal(image.Pixels.ToArray(), image.Centred().Pixels.ToArray());
        Assert.Equal(0, Enumerable.Range(0, 28).Max(index => Math.Max((int)image[index, 0], image[index, 27])));
        Assert.InRange(Difference(image, new(InkPicture.Of(small)!.ToMnist(), 7)), 0, 8);
        Assert.InRange(Difference(image, new(InkPicture.Of(corner)!.ToMnist(), 7)), 0, 8);
    }

    [Fact]
    public void Ink_may_be_dark_on_bright_or_bright_on_dark_or_on_nothing()
    {
        using var paper = PaperPicture.Of(s_seven);
        using var board = new SKBitmap(paper.Info);
        using var glass = new SKBitmap(new SKImageInfo(paper.Width, paper.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var index = 0; index < paper.Width * paper.Height; index++)
        {
            var (x, y) = (index % paper.Width, index / paper.Width);
            var colour = paper.GetPixel(x, y);
            board.SetPixel(x, y, new SKColor((byte)(255 - colour.Red), (byte)(255 - colour.Green), (byte)(255 - colour.Blue)));
            glass.SetPixel(x, y, new SKColor(0, 0, 0, colour.Red < 130 ? (byte)255 : (byte)0));
        }

        var image = new MnistImage(InkPicture.Of(paper)!.ToMnist(), 7);
        Assert.InRange(Difference(image, new(InkPicture.Of(board)!.ToMnist(), 7)), 0, 4);
        Assert.InRange(Difference(image, new(InkPicture.Of(glass)!.ToMnist(), 7)), 0, 8);
    }

    [Fact]
    public void What_is_no_digit_is_refused_by_its_name()
    {
        Assert.Contains("no folder 'nowhere'", Assert.Throws<DirectoryNotFoundException>(() => DigitPictures.Load("nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains("no picture in", Assert.Throws<InvalidDataException>(() => DigitPictures.Load(_folder)).Message, StringComparison.Ordinal);

        Save("seven/first.png", s_seven);
        Assert.Contains("'seven'", Assert.Throws<InvalidDataException>(() => DigitPictures.Load(_folder)).Message, StringComparison.Ordinal);

        var damaged = Path.Combine(_folder, "damaged.png");
        File.WriteAllText(damaged, "no picture");
        Assert.Contains("damaged.png' is no picture", Assert.Throws<InvalidDataException>(() => DigitPictures.Read(damaged)).Message, StringComparison.Ordinal);
        Assert.Contains("missing.png' is not there", Assert.Throws<InvalidDataException>(() => DigitPictures.Read(Path.Combine(_folder, "missing.png"))).Message, StringComparison.Ordinal);

        Save("blank.png", new DigitDrawing([]));
        Assert.Contains("There is no digit in", Assert.Throws<InvalidDataException>(() => DigitPictures.Read(Path.Combine(_folder, "blank.png"))).Message, StringComparison.Ordinal);
    }

    private static double Difference(MnistImage one, MnistImage other) => one.Pixels.ToArray().Zip(other.Pixels.ToArray(), (here, there) => Math.Abs(here - there)).Average();

    private void Save(string file, DigitDrawing drawing)
    {
        using var picture = PaperPicture.Of(drawing);
        PaperPicture.Save(picture, Path.Combine(_folder, file));
    }
}
