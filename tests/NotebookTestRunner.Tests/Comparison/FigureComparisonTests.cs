using System.Buffers.Binary;
using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison;

/// <summary>Figures: JSON and SVG by structure, pictures by type and size.</summary>
public sealed class FigureComparisonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2],"a":1.0}""", null)]
    [InlineData("""{"y":[1,0.30000000000000004]}""", """{"y":[1,0.3]}""", null)]
    [InlineData("""{"y":[1,2]}""", """{"y":[1,2.1]}""", "$.y[1]: stored 2, now 2.1")]
    [InlineData("""{"y":[1,2]}""", """{"y":[1]}""", "$.y: stored 2 items, now 1")]
    [InlineData("""{"y":1}""", """{}""", "$.y: stored, but no longer there")]
    [InlineData("""{}""", """{"y":1}""", "$.y: not stored, but there now")]
    [InlineData("""{"y":"1"}""", """{"y":1}""", "$.y: stored \"1\", now 1")]
    [InlineData("""{"y":null}""", """{"y":false}""", "$.y: stored null, now false")]
    [InlineData("""{"y":"at 10:30"}""", """{"y":"at 10:31"}""", null)]
    public void Json_is_compared_by_structure(string stored, string now, string? difference) =>
        Assert.Equal(difference, Difference(Json(stored), Json(now)));

    [Theory]
    [InlineData("<svg><g a='1' b='2'/></svg>", "<svg>\n <g b='2' a='1'></g>\n</svg>", null)]
    [InlineData("<svg><path d='M 1.0000001 2'/></svg>", "<svg><path d='M 1 2'/></svg>", null)]
    [InlineData("<svg><path d='M 1 2'/></svg>", "<svg><path d='M 1 3'/></svg>", "svg/path[1]/@d: stored \"M 1 2\", now \"M 1 3\"")]
    [InlineData("<svg><text>3</text></svg>", "<svg><text>8</text></svg>", "svg/text[1]: stored text \"3\", now \"8\"")]
    [InlineData("<svg><g/></svg>", "<svg><g/><g/></svg>", "svg: stored 1 elements inside, now 2")]
    [InlineData("<svg><g/></svg>", "<svg><a/></svg>", "svg/g[1]: stored <g>, now <a>")]
    [InlineData("<svg><g id='x'/></svg>", "<svg><g/></svg>", "svg/g[1]/@id: stored \"x\", now nothing")]
    [InlineData("<svg>", "<svg>", null)]
    public void Svg_is_compared_by_structure(string stored, string now, string? difference) =>
        Assert.Equal(difference, Difference(Displayed(stored, "image/svg+xml"), Displayed(now, "image/svg+xml")));

    [Fact]
    public void An_svg_cannot_make_the_comparison_read_a_file() =>
        Assert.Null(Difference(
            Displayed("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><svg><text>a</text></svg>", "image/svg+xml"),
            Displayed("<svg><text>a</text></svg>", "image/svg+xml")));

    [Fact]
    public void Pictures_are_compared_by_type_and_size_which_a_note_says()
    {
        var comparison = new OutputComparer([]).Compare([Picture(Png(28, 14, pixel: 1))], [Picture(Png(28, 14, pixel: 2))]);

        Assert.True(comparison.Agrees);
        Assert.Equal("output 1, image/png: compared by type and size (PNG, 28 × 14); the pixels may differ", Assert.Single(comparison.Notes));
    }

    [Fact]
    public void The_same_picture_needs_no_note() =>
        Assert.Empty(new OutputComparer([]).Compare([Picture(Png(28, 28))], [Picture(Png(28, 28))]).Notes);

    [Fact]
    public void A_picture_of_another_size_or_type_differs()
    {
        Assert.Equal("- PNG, 28 × 28\n+ PNG, 28 × 56", Difference(Picture(Png(28, 28)), Picture(Png(28, 56))));
        Assert.Equal("- PNG, 28 × 28\n+ GIF, 28 × 28", Difference(Picture(Png(28, 28)), Picture(Gif(28, 28))));
        Assert.Equal("- PNG, 28 × 28\n+ JPEG, 28 × 28", Difference(Picture(Png(28, 28)), Picture(Jpeg(28, 28))));
        Assert.Equal("what is shown is not base64", Difference(Picture(Png(28, 28)), Displayed("no!", "image/png")));
    }

    [Fact]
    public void Pictures_of_a_format_that_is_not_known_must_be_the_same_bytes()
    {
        Assert.Null(Difference(Picture([1, 2, 3]), Picture([1, 2, 3])));
        Assert.Contains("a picture of 3 bytes", Difference(Picture([1, 2, 3]), Picture([1, 2, 4])), StringComparison.Ordinal);
    }

    private static string? Difference(CellOutput stored, CellOutput now)
    {
        var comparison = new OutputComparer(Normalizer.Defaults).Compare([stored], [now]);
        return comparison.Agrees ? null : Assert.Single(comparison.Differences).Text;
    }

    private static DisplayDataOutput Json(string json) =>
        new(new Dictionary<string, JsonNode?> { ["application/vnd.vegalite.v5+json"] = JsonNode.Parse(json) }, []);

    private static CellOutput Picture(byte[] bytes) => Displayed(Convert.ToBase64String(bytes), "image/png");

    private static byte[] Png(int width, int height, byte pixel = 0)
    {
        byte[] bytes = [.. "\u0089PNG\r\n\u001a\n"u8[1..], .. new byte[16], pixel];
        bytes[0] = 0x89;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    private static byte[] Gif(ushort width, ushort height)
    {
        byte[] bytes = [.. "GIF89a"u8, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), width);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), height);
        return bytes;
    }

    // SOI, an APP0 segment of four bytes, SOF0.
    private static byte[] Jpeg(byte width, byte height) =>
        [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, height, 0, width, 1, 1, 0x11, 0];
}
