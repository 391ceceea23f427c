using SkiaSharp;

namespace MLflowSharp;

/// <summary>
/// A picture to log, as MLflow's <c>mlflow.Image</c> (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.Image): made
/// from pixels, or from the bytes of a PNG, JPEG, WebP, GIF or BMP file.
/// </summary>
public sealed partial class MlflowImage
{
    private const int ThumbnailSize = 256; // MLflow's size for its pages.
    private const int MostPixels = 1 << 28;
    private readonly byte[] _pixels;

    private MlflowImage(int width, int height, int channels, byte[] pixels)
    {
        (Width, Height, Channels, _pixels) = (width, height, channels, pixels);
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
            throw MlflowException.Invalid($"An image of {width} × {height} pixels cannot be logged; it must have 1 to {MostPixels}.");
        if (channels is not (1 or 3 or 4))
            throw MlflowException.Invalid($"Invalid channel length: {channels}. Must be 1 (grey), 3 (red, green, blue) or 4 (with opacity).");
    }

    /// <summary>Width in pixels, 1 or more.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, 1 or more.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green and blue, 4 with opacity.</summary>
    public int Channels { get; }

    /// <summary>The pixels row by row from the top, one byte per channel, 0 to 255.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Reads a picture file.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF or BMP file.</param>
    public static MlflowImage FromFile(string path) => File.Exists(path) ? FromBytes(File.ReadAllBytes(path)) : throw MlflowException.Missing($"No such file: '{path}' (in '{Directory.GetCurrentDirectory()}').");

    /// <summary>Reads the bytes of a picture file.</summary>
    /// <param name="content">PNG, JPEG, WebP, GIF or BMP.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when they are not a picture.</exception>
    public static MlflowImage FromBytes(ReadOnlySpan<byte> content)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data) ?? throw NoPicture();
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
            throw MlflowException.Invalid($"The picture says that it has {width} × {height} pixels, more than can be logged.");
        var channels = codec.Info.ColorType == SKColorType.Gray8 ? 1 : codec.Info.AlphaType == SKAlphaType.Opaque ? 3 : 4;
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            throw NoPicture();
        return new(width, height, channels, Narrow(bitmap.GetPixelSpan(), channels));
    }

    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng() => Encode(".png");

    /// <summary>The picture as a file, in the format of a file name: .png, .jpg, .jpeg or .webp.</summary>
    /// <param name="extension">Extension with the dot.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for another extension.</exception>
    internal byte[] Encode(string extension)
    {
        var format = extension.ToUpperInvariant() switch
        {
            ".PNG" => SKEncodedImageFormat.Png,
            ".JPG" or ".JPEG" => SKEncodedImageFormat.Jpeg,
            ".WEBP" => SKEncodedImageFormat.Webp,
            _ => throw MlflowException.Invalid($"An image cannot be written as '{extension}'. Use a file name that ends in .png, .jpg, .jpeg or .webp."),
        };
        using var bitmap = ToBitmap();
        return Encode(bitmap, format);
    }

    /// <summary>A small copy for MLflow's pages: WebP, at most 256 pixels wide and high.</summary>
    internal byte[] ToThumbnail()
    {
        // As MLflow: the longer side becomes 256, smaller pictures grow.
        var (width, height) = Width > Height
            ? (ThumbnailSize, Math.Max(1, (int)(Height * ((double)ThumbnailSize / Width))))
            : (Math.Max(1, (int)(Width * ((double)ThumbnailSize / Height))), ThumbnailSize);
        using var bitmap = ToBitmap();
        using var small = bitmap.Resize(new SKImageInfo(width, height, bitmap.ColorType, bitmap.AlphaType), new SKSamplingOptions(SKCubicResampler.CatmullRom));
        return Encode(small, SKEncodedImageFormat.Webp);
    }

    private SKBitmap ToBitmap()
    {
        var isGrey = Channels == 1;
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, Channels == 4 ? SKAlphaType.Unpremul : SKAlphaType.Opaque));
        var target = bitmap.GetPixelSpan();
        for (var y = 0; y < Height; y++)
        {
            var row = target[(y * bitmap.RowBytes)..];
            if (isGrey)
            {
                _pixels.AsSpan(y * Width, Width).CopyTo(row);
                continue;
            }

            for (var x = 0; x < Width; x++)
            {
                var pixel = _pixels.AsSpan(((y * Width) + x) * Channels, Channels);
                pixel.CopyTo(row[(x * 4)..]);
                if (Channels == 3)
                    row[(x * 4) + 3] = 255;
            }
        }

        return bitmap;
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        const int Quality = 90;
        using var data = bitmap.Encode(format, Quality) ?? throw new MlflowException($"The image could not be written as {format}.", ErrorCode.InternalError);
        return data.ToArray();
    }

    private static byte[] Narrow(ReadOnlySpan<byte> rgba, int channels)
    {
        if (channels == 4)
            return rgba.ToArray();
        var pixels = new byte[rgba.Length / 4 * channels];
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += channels)
            rgba.Slice(from, channels).CopyTo(pixels.AsSpan(to));
        return pixels;
    }

    private static MlflowException NoPicture() => MlflowException.Invalid("The bytes are not a picture that can be read. Give PNG, JPEG, WebP, GIF or BMP.");
}
