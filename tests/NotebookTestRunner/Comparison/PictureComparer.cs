using System.Globalization;
using SkiaSharp;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Compares pictures (PNG, JPEG, GIF, WebP, BMP, of which the first frame) by what they show: type and size must be equal, and the
/// pixels alike.
/// </summary>
internal sealed class PictureComparer(double similarity)
{
    /// <summary>A picture of more pixels is compared by type and size: a small file can hold one that fills the memory.</summary>
    public const long MostPixels = 32_000_000;

    public void Compare(string where, string stored, string now, ComparisonRecord found)
    {
        var (storedBytes, nowBytes) = (Decode(stored), Decode(now));
        if (storedBytes is null || nowBytes is null)
        {
            if (stored != now) found.Differences.Add(new(where, storedBytes is null ? "what is stored is not base64" : "what is shown is not base64"));
            return;
        }
        if (storedBytes.AsSpan().SequenceEqual(nowBytes)) return;

        var (storedFacts, nowFacts) = (ImageFacts.Read(storedBytes), ImageFacts.Read(nowBytes));
        if (storedFacts is null || storedFacts != nowFacts)
        {
            found.Differences.Add(new(where, $"- {Describe(storedFacts, storedBytes)}\n+ {Describe(nowFacts, nowBytes)}"));
            return;
        }
        if ((long)storedFacts.Width * storedFacts.Height > MostPixels)
        {
            found.Notes.Add($"{where}: compared by type and size ({storedFacts}), because it has more than {MostPixels / 1_000_000} million pixels");
            return;
        }
        ComparePixels(where, storedFacts, storedBytes, nowBytes, found);
    }

    private void ComparePixels(string where, ImageFacts facts, byte[] stored, byte[] now, ComparisonRecord found)
    {
        try
        {
            var (a, b) = (Pixels(stored, facts), Pixels(now, facts));
            if (a is null || b is null)
            {
                found.Differences.Add(new(where, $"{(a is null ? "the picture that is stored" : "the picture that is shown")} is damaged: its pixels cannot be read, and it is not the same file"));
                return;
            }
            var alike = PictureSimilarity.Of(a, b, facts.Width, facts.Height);
            if (alike.ChangedPixels > 0 && (alike.Value < similarity || similarity == 1)) found.Differences.Add(new(where, Describe(facts, alike)));
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            found.Notes.Add($"{where}: compared by type and size ({facts}), because this machine has no library to read pixels ({error.Message})");
        }
    }

    private string Describe(ImageFacts facts, PictureSimilarity alike) => string.Create(CultureInfo.InvariantCulture,
        $"the pictures ({facts}) are {alike.Value:0.###} alike where they differ most (x {alike.X} to {alike.X + alike.Width - 1}, y {alike.Y} to {alike.Y + alike.Height - 1}), "
        + $"and must be {similarity:0.###}; {alike.ChangedPixels} of {(long)facts.Width * facts.Height} pixels changed");

    /// <summary>The pixels row by row, each red, green, blue and opacity; null when the file is damaged.</summary>
    private static byte[]? Pixels(byte[] file, ImageFacts facts)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec?.GetPixels(new SKImageInfo(facts.Width, facts.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), out var pixels) == SKCodecResult.Success ? pixels : null;
    }

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static string Describe(ImageFacts? facts, byte[] bytes) =>
        facts?.ToString() ?? $"a picture of {bytes.Length} bytes in a format of which the size cannot be read";
}
