using System.IO.Compression;

namespace Tutorial.Helpers.Tests;

public sealed class MnistTests : IDisposable
{
    private static readonly Lazy<MnistDataset> s_mnist = new(() => Mnist.Load());
    private readonly string _folder = Directory.CreateTempSubdirectory("mnist-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_course_data_is_found_above_the_library_and_is_whole()
    {
        var mnist = s_mnist.Value;

        Assert.EndsWith(Path.Combine("data", "mnist"), mnist.Directory);
        Assert.Equal((60_000, 10_000), (mnist.Train.Count, mnist.Test.Count));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], mnist.Train.Labels[..10]);
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], mnist.Test.Labels[..10]);
        Assert.Equal("MNIST: 60,000 training images and 10,000 test images of 28 × 28 pixels", mnist.ToString());
    }

    [Fact]
    public void Images_are_the_pixels_from_0_to_1_in_the_same_order()
    {
        var test = s_mnist.Value.Test;
        var image = test.Image(3);

        Assert.Equal(test.Count * 784, test.Images.Length);
        Assert.Equal(image.ToInput(), test.Images[(3 * 784)..(4 * 784)]);
        Assert.Equal(image[14, 7] / 255f, image.ToInput()[(14 * 28) + 7]);
        Assert.Equal((0f, 1f), (test.Images.Min(), test.Images.Max()));
        Assert.Equal(0, image.Label);
    }

    [Fact]
    public void A_trainer_gets_the_images_with_a_name_and_a_source_free_of_machine_paths()
    {
        var data = s_mnist.Value.Test.ToLabeledData();

        Assert.Equal((10_000, 784), (data.Count, data.Width));
        Assert.Equal(("mnist", "data/mnist/t10k-images-idx3-ubyte.gz"), (data.Name, data.Source));
        Assert.Equal(s_mnist.Value.Test.Labels, data.Labels.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000)]
    public void An_image_that_does_not_exist_is_refused_with_the_range(int index)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => s_mnist.Value.Test.Image(index));

        Assert.Contains("numbered from 0 to 9999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_way_to_restore_it()
    {
        CopyAll();
        File.Delete(Path.Combine(_folder, "t10k-labels-idx1-ubyte.gz"));

        var error = Assert.Throws<FileNotFoundException>(Load);

        Assert.Contains("t10k-labels-idx1-ubyte.gz (test labels) is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("git restore data/mnist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => Mnist.Load(Path.Combine(_folder, "nowhere")));

        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "should hold the training images but holds the training labels")]
    [InlineData("t10k-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "should hold the test labels but holds the test images")]
    [InlineData("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte", "should hold the training labels but holds the test labels")]
    [InlineData("t10k-images-idx3-ubyte", "train-images-idx3-ubyte", "should hold the test images but holds the training images")]
    public void A_file_with_another_files_content_is_recognised(string file, string content, string expected)
    {
        CopyAll();
        File.Copy(Path.Combine(s_mnist.Value.Directory, content + ".gz"), Path.Combine(_folder, file + ".gz"), overwrite: true);

        var error = Assert.Throws<InvalidDataException>(Load);

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("swapped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_in_its_compressed_form_is_refused()
    {
        CopyAll();
        var path = Path.Combine(_folder, "t10k-images-idx3-ubyte.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100_000]);

        var error = Assert.Throws<InvalidDataException>(Load);

        Assert.Contains("t10k-images-idx3-ubyte.gz", error.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
        Assert.Contains("git restore data/mnist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_content_is_told_with_both_lengths() =>
        AssertRefused("t10k-labels-idx1-ubyte", bytes => bytes[..5000], "truncated: 10008 bytes expected after decompression, 5000 found");

    [Fact]
    public void A_content_with_bytes_to_spare_is_told_with_both_lengths() =>
        AssertRefused("t10k-labels-idx1-ubyte", bytes => [.. bytes, 0], "too long: 10008 bytes expected after decompression, 10009 found");

    [Fact]
    public void A_wrong_magic_number_is_shown() =>
        AssertRefused("t10k-labels-idx1-ubyte", bytes => [0, 0, 9, 9, .. bytes[4..]], "magic number 0x00000801 but starts with 0x00000909");

    [Fact]
    public void An_image_file_under_a_label_name_is_told_by_its_magic_number() =>
        AssertRefused("t10k-labels-idx1-ubyte", bytes => [0, 0, 8, 3, .. bytes[4..]], "starts with the magic number of an image file");

    [Fact]
    public void A_changed_byte_is_found_by_the_checksum() =>
        AssertRefused("t10k-labels-idx1-ubyte", bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)], "its content was changed");

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused("t10k-labels-idx1-ubyte", _ => [], "starts with 0 bytes in all");

    [Fact]
    public void Uncompressed_files_are_read_as_well()
    {
        CopyAll();
        WriteAll("t10k-labels-idx1-ubyte", bytes => bytes, compressed: false);
        File.Delete(Path.Combine(_folder, "t10k-labels-idx1-ubyte.gz"));

        Assert.Equal(s_mnist.Value.Test.Labels, Load().Test.Labels);
    }

    [Fact]
    public void An_image_is_shown_as_a_figure_and_as_characters()
    {
        var image = s_mnist.Value.Train.Image(0);

        Assert.Contains("image/svg+xml", image.ToDisplayBundle().Keys);
        Assert.Equal(28, image.ToString().Split('\n').Length);
        Assert.Contains("@@", image.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_another_size_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new MnistImage(new byte[100], 1));

        Assert.Contains("784 pixels (28 × 28), but 100", error.Message, StringComparison.Ordinal);
    }

    private MnistDataset Load() => Mnist.Load(_folder);

    private void AssertRefused(string file, Func<byte[], byte[]> change, string expected)
    {
        CopyAll();
        WriteAll(file, change, compressed: true);

        var error = Assert.Throws<InvalidDataException>(Load);

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private void CopyAll()
    {
        foreach (var path in Directory.EnumerateFiles(s_mnist.Value.Directory, "*.gz"))
            File.Copy(path, Path.Combine(_folder, Path.GetFileName(path)));
    }

    private void WriteAll(string file, Func<byte[], byte[]> change, bool compressed)
    {
        using var content = new MemoryStream();
        using (var source = new GZipStream(File.OpenRead(Path.Combine(s_mnist.Value.Directory, file + ".gz")), CompressionMode.Decompress))
            source.CopyTo(content);
        using Stream target = File.Create(Path.Combine(_folder, compressed ? file + ".gz" : file));
        using var writer = compressed ? new GZipStream(target, CompressionLevel.Fastest) : target;
        writer.Write(change(content.ToArray()));
    }

    [Fact]
    public void The_last_images_are_those_that_a_trainer_sets_aside()
    {
        var train = Mnist.Load().Train;

        Assert.Equal(train.Labels[^3..], train.TakeLast(3).Select(image => (long)image.Label));
        Assert.Throws<ArgumentOutOfRangeException>(() => train.TakeLast(60_001));
    }
}
