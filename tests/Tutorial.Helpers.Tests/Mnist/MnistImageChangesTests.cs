namespace Tutorial.Helpers.Tests;

public sealed class MnistImageChangesTests
{
    private static readonly MnistImage s_dot = Dot(10, 12);

    [Fact]
    public void A_shifted_image_has_its_ink_elsewhere_and_its_label_still()
    {
        var shifted = s_dot.Shifted(right: 3, down: -2);

        Assert.Equal((255, 0, 4), (shifted[8, 15], shifted[10, 12], shifted.Label));
        Assert.Equal(0, s_dot.Shifted(28, 0).Ink);
    }

    [Fact]
    public void An_inverted_image_has_ink_where_there_was_none()
    {
        var inverted = s_dot.Inverted();

        Assert.Equal((0, 255), (inverted[10, 12], inverted[0, 0]));
        Assert.Equal(1 - s_dot.Ink, inverted.Ink, 12);
        Assert.Equal(s_dot.Pixels.ToArray(), inverted.Inverted().Pixels.ToArray());
    }

    [Fact]
    public void A_centred_image_has_the_middle_of_its_ink_in_the_middle()
    {
        foreach (var digit in Mnist.Load().Test.Take(50).Where(digit => digit.Shifted(2, -1).Ink == digit.Ink))
        {
            Assert.Equal(digit.Pixels.ToArray(), digit.Centred().Pixels.ToArray());
            Assert.Equal(digit.Pixels.ToArray(), digit.Shifted(2, -1).Centred().Pixels.ToArray());
        }

        Assert.Equal(255, s_dot.Centred()[14, 14]);
        var empty = new MnistImage(new byte[784], 0);
        Assert.Same(empty, empty.Centred());
    }

    [Fact]
    public void A_thicker_pen_reaches_to_the_neighbours_on_four_sides()
    {
        var thick = s_dot.Thickened();

        Assert.Equal(5 * s_dot.Ink, thick.Ink, 12);
        Assert.Equal((255, 255, 255, 255, 0), (thick[9, 12], thick[11, 12], thick[10, 11], thick[10, 13], thick[9, 11]));
        Assert.Equal(13 * s_dot.Ink, s_dot.Thickened(2).Ink, 12);
        Assert.Equal(3 * s_dot.Ink, Dot(0, 0).Thickened().Ink, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_dot.Thickened(-1));
    }

    [Fact]
    public void Lists_of_images_become_rows_labels_and_training_data()
    {
        MnistImage[] images = [s_dot, s_dot.Inverted()];

        Assert.Equal([784, 784], images.ToRows().Select(row => row.Length));
        Assert.Equal([4, 4], images.ToLabels());
        var data = images.ToLabeledData("dots");
        Assert.Equal(("dots", 2, 784), (data.Name, data.Count, data.Width));
        Assert.Equal(images[1].ToInput(), data.Inputs[784..].ToArray());
        Assert.Throws<ArgumentException>(() => Array.Empty<MnistImage>().ToLabeledData());
        Assert.Throws<ArgumentException>(() => new[] { new MnistImage(new byte[784], -1) }.ToLabeledData());
    }

    private static MnistImage Dot(int row, int column)
    {
        var pixels = new byte[784];
        pixels[(row * 28) + column] = 255;
        return new(pixels, 4);
    }
}
