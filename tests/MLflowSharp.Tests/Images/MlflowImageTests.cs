using System.Text;

namespace MLflowSharp.Tests.Images;

public sealed class MlflowImageTests
{
    [Fact]
    public void Bytes_and_whole_numbers_are_taken_as_they_are()
    {
        Assert.Equal([0, 128, 255, 3], MlflowImage.FromArray(new byte[,] { { 0, 128 }, { 255, 3 } }).Pixels.ToArray());
        Assert.Equal([0, 128, 255, 3], MlflowImage.FromArray(new[,] { { 0, 128 }, { 255, 3 } }).Pixels.ToArray());
        Assert.Equal([0, 255], MlflowImage.FromArray(new[,] { { false, true } }).Pixels.ToArray());
    }

    [Fact]
    public void Floating_point_numbers_are_cut_off_as_NumPy_does()
    {
        Assert.Equal([0, 127, 255, 254], MlflowImage.FromArray(new[,] { { 0.0, 0.5 }, { 1.0, 0.999 } }).Pixels.ToArray());
        Assert.Equal([0, 127], MlflowImage.FromArray(new[,,] { { { 0f }, { 0.5f } } }).Pixels.ToArray());
    }

    [Fact]
    public void Floating_point_numbers_outside_are_scaled_with_a_warning()
    {
        var warnings = new List<string>();
        Assert.Equal([0, 127, 255], MlflowImage.FromArray(new[,] { { -1.0, 0.0, 1.0 } }, warnings.Add).Pixels.ToArray());
        Assert.Single(warnings);
    }

    [Fact]
    public void Other_arrays_are_refused()
    {
        foreach (var array in (Array[])[new byte[3], new byte[2, 2, 2], new byte[2, 2, 5], new byte[0, 3], new int[,] { { 256 } }, new int[,] { { -1 } }, new string[,] { { "a" } }, new double[,] { { double.NaN } }, new byte[1, 1, 1, 1]])
            Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => MlflowImage.FromArray(array)).ErrorCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_PNG_gives_back_every_pixel(int channels)
    {
        var pixels = new byte[7, 5, channels];
        new Random(channels).NextBytes(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref pixels[0, 0, 0], pixels.Length));
        var image = MlflowImage.FromArray(pixels);
        var again = MlflowImage.FromBytes(image.ToPng());
        Assert.Equal((5, 7, channels), (again.Width, again.Height, again.Channels));
        Assert.Equal(image.Pixels.ToArray(), again.Pixels.ToArray());
    }

    [Theory]
    [InlineData(400, 300, 256, 192)]
    [InlineData(300, 400, 192, 256)]
    [InlineData(10, 10, 256, 256)]
    [InlineData(1000, 1, 256, 1)]
    public void A_thumbnail_is_a_WebP_of_256_pixels(int width, int height, int thumbWidth, int thumbHeight)
    {
        var content = MlflowImage.FromArray(new byte[height, width, 3]).ToThumbnail();
        Assert.Equal("RIFF", Encoding.ASCII.GetString(content, 0, 4));
        Assert.Equal("WEBP", Encoding.ASCII.GetString(content, 8, 4));
        var thumb = MlflowImage.FromBytes(content);
        Assert.Equal((thumbWidth, thumbHeight), (thumb.Width, thumb.Height));
    }

    [Fact]
    public void Bytes_that_are_no_picture_are_refused()
    {
        foreach (var content in (byte[][])[[], "hello"u8.ToArray(), MlflowImage.FromArray(new byte[9, 9]).ToPng()[..20]])
            Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => MlflowImage.FromBytes(content)).ErrorCode);
    }

    [Fact]
    public async Task An_image_of_a_series_has_MLflow_s_names_and_tag()
    {
        using var folder = new TemporaryFolder();
        using var client = folder.NewClient();
        var run = client.CreateRun("0").Info.RunId;
        var image = MlflowImage.FromArray(new byte[4, 4]);
        await client.LogImageAsync(run, image, "val/my dog", step: 3, DateTimeOffset.FromUnixTimeMilliseconds(123), TestContext.Current.CancellationToken);
        await client.LogImageAsync(run, image, "one.jpg", TestContext.Current.CancellationToken);

        var names = client.ListArtifacts(run, "images").Select(entry => entry.Path).ToList();
        Assert.Equal(2, names.Count);
        Assert.Matches(@"^images/val~my dog\+step\+3\+timestamp\+123\+[0-9a-f-]{36}\+compressed\.webp$", names[0]);
        Assert.Matches(@"^images/val~my dog\+step\+3\+timestamp\+123\+[0-9a-f-]{36}\.png$", names[1]);
        Assert.Equal(names[0].Replace("+compressed.webp", ".png", StringComparison.Ordinal), names[1]);
        Assert.Equal("True", client.GetRun(run).Data.Tags["mlflow.loggedImages"]);
        Assert.Equal([0xff, 0xd8], (await File.ReadAllBytesAsync(client.DownloadArtifacts(run, "one.jpg"), TestContext.Current.CancellationToken))[..2]);
        foreach (var key in (string[])["", "a#b", "ä", "a\\b"])
            Assert.Throws<MlflowException>(() => client.LogImage(run, image, key, step: 0));
        Assert.Throws<MlflowException>(() => client.LogImage(run, image, "picture.tiff"));
    }
}
