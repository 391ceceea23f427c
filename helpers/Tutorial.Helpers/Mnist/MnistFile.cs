using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Tutorial.Helpers;

/// <summary>One of the four IDX files: what it must hold, and how it is read and refused.</summary>
/// <param name="Name">File name without <c>.gz</c>.</param>
/// <param name="Content">What it holds, in words.</param>
/// <param name="Count">Number of images or labels.</param>
/// <param name="ItemSize">Bytes per item: 784 for an image, 1 for a label.</param>
/// <param name="Sha256">Checksum of the uncompressed file, in lower-case hexadecimal.</param>
internal sealed record MnistFile(string Name, string Content, int Count, int ItemSize, string Sha256)
{
    // The IDX magic number says: unsigned bytes (0x08), and in the last byte the number of dimensions.
    private const int ImagesMagic = 0x0803;
    private const int LabelsMagic = 0x0801;

    public static readonly MnistFile[] All =
    [
        new("train-images-idx3-ubyte", "training images", 60_000, 784, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", "training labels", 60_000, 1, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte", "test images", 10_000, 784, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", "test labels", 10_000, 1, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    private bool HoldsImages => ItemSize > 1;

    private int HeaderSize => HoldsImages ? 16 : 8;

    private int Length => HeaderSize + (Count * ItemSize);

    /// <summary>Reads <c>{folder}/{Name}.gz</c> (or the uncompressed file beside it), checks it, and returns the items without the header.</summary>
    public ReadOnlyMemory<byte> Read(string folder)
    {
        var compressed = Path.Combine(folder, Name + ".gz");
        var plain = Path.Combine(folder, Name);
        if (!File.Exists(compressed) && !File.Exists(plain))
        {
            throw new FileNotFoundException(
                $"The MNIST file {Name}.gz ({Content}) is missing from '{folder}'. {Remedy}", compressed);
        }

        var path = File.Exists(compressed) ? compressed : plain;
        var bytes = Decompress(path);
        Verify(path, bytes.Span);
        return bytes[HeaderSize..];
    }

    private const string Remedy = "Restore it with `git restore data/mnist` in the course's checkout.";

    private ReadOnlyMemory<byte> Decompress(string path)
    {
        using var file = File.OpenRead(path);
        if (Path.GetExtension(path) != ".gz")
            return ReadToEnd(file);

        try
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return ReadToEnd(gzip);
        }
        catch (InvalidDataException exception)
        {
            throw Refuse(path, "its gzip data cannot be decompressed, so it is damaged or truncated", exception);
        }
    }

    private ReadOnlyMemory<byte> ReadToEnd(Stream stream)
    {
        var bytes = new MemoryStream(Length);
        stream.CopyTo(bytes);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private void Verify(string path, ReadOnlySpan<byte> bytes)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest == Sha256)
            return;

        var other = All.FirstOrDefault(file => file.Sha256 == digest);
        if (other is not null)
            throw Refuse(path, $"it should hold the {Content} but holds the {other.Content} ({other.Name}): the files are swapped");

        var magic = bytes.Length < 4 ? (int?)null : BinaryPrimitives.ReadInt32BigEndian(bytes);
        var expectedMagic = HoldsImages ? ImagesMagic : LabelsMagic;
        if (magic != expectedMagic)
        {
            var found = magic switch
            {
                null => Invariant($"{bytes.Length} bytes in all"),
                ImagesMagic => "the magic number of an image file (0x00000803)",
                LabelsMagic => "the magic number of a label file (0x00000801)",
                _ => Invariant($"0x{magic:x8}"),
            };
            throw Refuse(path, Invariant($"it should start with the magic number 0x{expectedMagic:x8} but starts with {found}"));
        }

        if (bytes.Length != Length)
        {
            var trouble = bytes.Length < Length ? "truncated" : "too long";
            throw Refuse(path, Invariant($"it is {trouble}: {Length} bytes expected after decompression, {bytes.Length} found"));
        }

        throw Refuse(path, $"its SHA-256 is {digest} where {Sha256} is expected, so its content was changed");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static InvalidDataException Refuse(string path, string trouble, Exception? inner = null) =>
        new($"The MNIST file '{path}' cannot be used: {trouble}. {Remedy}", inner);
}
