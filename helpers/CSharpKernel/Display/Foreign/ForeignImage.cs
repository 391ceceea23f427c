using System.Collections.Concurrent;
using System.Reflection;

namespace CSharpKernel.Display.Foreign;

/// <summary>Makes PNGs of the images of SkiaSharp, ImageSharp and System.Drawing, and of the plots of ScottPlot, without references to them.</summary>
internal static class ForeignImage
{
    // What plots are drawn at when nobody says how large: as wide as a cell of most front ends.
    private const int PlotWidth = 600;
    private const int PlotHeight = 400;

    private static readonly ConcurrentDictionary<Type, Func<object, byte[]?>?> Writers = new();

    /// <summary>Whether values of a type are images.</summary>
    public static bool Is(Type type) => Writers.GetOrAdd(type, Find) is not null;

    /// <summary>Reads an image.</summary>
    /// <returns>Null when the value is none.</returns>
    public static DisplayBundle? TryRead(object value)
    {
        if (value is byte[] bytes)
            return TryRead(bytes);
        if (Writers.GetOrAdd(value.GetType(), Find) is not { } write || write(value) is not { } png)
            return null;
        return Of(MimeTypes.Png, png, $"{TypeNames.Of(value.GetType())}{Size(value)}");
    }

    // A file of an image that was read is meant to be seen; other bytes are shown as such.
    private static DisplayBundle? TryRead(byte[] bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => Of(MimeTypes.Png, bytes, "PNG image"),
        [0xFF, 0xD8, 0xFF, ..] => Of(MimeTypes.Jpeg, bytes, "JPEG image"),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => Of("image/gif", bytes, "GIF image"),
        _ => null,
    };

    private static DisplayBundle Of(string mimeType, byte[] content, string words) =>
        new(new Dictionary<string, object> { [mimeType] = content, [MimeTypes.Plain] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{words}, {content.Length} bytes") });

    private static Func<object, byte[]?>? Find(Type type)
    {
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
            switch (current.FullName)
            {
                case "SkiaSharp.SKBitmap" or "SkiaSharp.SKImage" or "SkiaSharp.SKPixmap":
                    return value => EncodeSkia(value);
                case "SkiaSharp.SKSurface":
                    return value =>
                    {
                        using var image = (IDisposable)current.GetMethod("Snapshot", [])!.Invoke(value, [])!;
                        return EncodeSkia(image);
                    };
                case "SixLabors.ImageSharp.Image":
                    return Saver(current.Assembly.GetType("SixLabors.ImageSharp.ImageExtensions")?.GetMethod("SaveAsPng", [current, typeof(Stream)]));
                case "ScottPlot.Plot":
                    return Plotter(current, "GetImageBytes", value => [PlotWidth, PlotHeight, value]);
                case "ScottPlot.Image":
                    return Plotter(current, "GetImageBytes", value => [value, 100]);
                case "System.Drawing.Image":
                    var format = current.Assembly.GetType("System.Drawing.Imaging.ImageFormat")!;
                    var save = current.GetMethod("Save", [typeof(Stream), format])!;
                    return value => Save(stream => save.Invoke(value, [stream, format.GetProperty("Png")!.GetValue(null)]));
            }

        return null;
    }

    private static byte[] EncodeSkia(object value)
    {
        var type = value.GetType();
        var format = type.Assembly.GetType("SkiaSharp.SKEncodedImageFormat")!;
        var encode = type.GetMethod("Encode", [format, typeof(int)])!;
        using var data = (IDisposable)encode.Invoke(value, BindingFlags.DoNotWrapExceptions, null, [Enum.Parse(format, "Png"), 100], null)!;
        return (byte[])data.GetType().GetMethod("ToArray", [])!.Invoke(data, [])!;
    }

    private static Func<object, byte[]?>? Plotter(Type type, string method, Func<object, object[]> arguments)
    {
        var write = type.GetMethods().FirstOrDefault(each => each.Name == method && each.ReturnType == typeof(byte[]));
        return write?.GetParameters().FirstOrDefault(parameter => parameter.ParameterType.IsEnum)?.ParameterType is { } format
            ? value => (byte[])write.Invoke(value, BindingFlags.DoNotWrapExceptions, null, arguments(Enum.Parse(format, "Png")), null)!
            : null;
    }

    private static Func<object, byte[]?>? Saver(MethodInfo? method) =>
        method is null ? null : value => Save(stream => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value, stream], null));

    private static byte[] Save(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static string Size(object value) =>
        value.GetType().GetProperty("Width")?.GetValue(value) is int width && value.GetType().GetProperty("Height")?.GetValue(value) is int height
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" of {width} × {height}")
            : "";
}
