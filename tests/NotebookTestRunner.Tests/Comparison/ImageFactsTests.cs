using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

/// <summary>Headers as the formats' specifications lay them out, each as short as it can be, and one byte shorter.</summary>
public sealed class ImageFactsTests
{
    public static TheoryData<string, byte[], string> Headers => new()
    {
        { "PNG", [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 2, 0, 0, 3, 4], "PNG, 258 × 772" },
        { "GIF of 1987", [.. "GIF87a"u8, 1, 2, 3, 4], "GIF, 513 × 1027" },
        { "GIF of 1989", [.. "GIF89a"u8, 1, 2, 3, 4], "GIF, 513 × 1027" },
        { "BMP", [.. "BM"u8, .. new byte[16], 1, 2, 0, 0, 3, 4, 0, 0], "BMP, 513 × 1027" },
        { "BMP from the top", [.. "BM"u8, .. new byte[16], 5, 0, 0, 0, 0xfd, 0xff, 0xff, 0xff], "BMP, 5 × 3" },
        { "WebP with loss", [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[10], 5, 0xc1, 7, 0xc2], "WebP, 261 × 519" },
        { "WebP without loss", [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0, 0x2f, 0x04, 0x81, 0x01, 0x00, .. new byte[5]], "WebP, 261 × 7" },
        { "WebP extended", [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, .. new byte[8], 1, 2, 3, 4, 5, 6], "WebP, 197122 × 394501" },
        { "JPEG after other segments", [0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 17, 8, 1, 2, 3, 4, 3], "JPEG, 772 × 258" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Type_and_size_are_read_from_the_first_bytes(string name, byte[] header, string facts)
    {
        Assert.Equal(facts, ImageFacts.Read(header)?.ToString());
        Assert.Equal(facts, ImageFacts.Read([.. header, 0, 0, 0, 0])?.ToString());
        Assert.True(ImageFacts.Read(header.AsSpan(0, header.Length - 1)) is null, name);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void Another_first_byte_is_no_picture(string name, byte[] header, string facts) =>
        Assert.True(ImageFacts.Read([(byte)(header[0] ^ 1), .. header[1..]]) is null, $"{name}, {facts}");

    [Theory]
    [InlineData(0xc4)]
    [InlineData(0xc8)]
    [InlineData(0xcc)]
    [InlineData(0xbf)]
    [InlineData(0xd0)]
    public void A_segment_of_JPEG_that_is_no_frame_has_no_size(byte marker) =>
        Assert.Null(ImageFacts.Read([0xff, 0xd8, 0xff, marker, 0, 17, 8, 1, 2, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0]));

    [Fact]
    public void Damaged_headers_have_no_size()
    {
        Assert.Null(ImageFacts.Read([]));
        Assert.Null(ImageFacts.Read([0xff, 0xd8, 0xff]));
        Assert.Null(ImageFacts.Read([0xff, 0xd9, 0xff, 0xc0, 0, 17, 8, 1, 2, 3, 4, 3, 0]));
        Assert.Null(ImageFacts.Read([0xff, 0xd8, 0xfe, 0xc0, 0, 17, 8, 1, 2, 3, 4, 3, 0]));
        Assert.Null(ImageFacts.Read([0x89, .. "PNG\r\n\x1a\r"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 2, 0, 0, 3, 4]));
        Assert.Null(ImageFacts.Read([.. "RIFF"u8, 0, 0, 0, 0, .. "WAVEVP8X"u8, .. new byte[8], 1, 2, 3, 4, 5, 6]));
        Assert.Null(ImageFacts.Read([.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8Y"u8, .. new byte[8], 1, 2, 3, 4, 5, 6]));
        Assert.Null(ImageFacts.Read([.. "GIF89a"u8, 0, 0, 3, 4]));
        Assert.Null(ImageFacts.Read([.. "GIF89a"u8, 1, 2, 0, 0]));
    }
}
