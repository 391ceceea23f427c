using SkiaSharp;

namespace Tutorial.Helpers;

/// <summary>
/// Digits from picture files, such as photographs of a sheet of paper, one digit in each. They are made as MNIST was: bright ink on a dark ground, fitted into
/// 20 × 20 pixels, and moved so that the centre of the ink is in the middle of 28 × 28.
/// </summary>
public static class DigitPictures
{
    private static readonly string[] s_endings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>
    /// Reads a folder of pictures. Its subfolders are named after what their pictures show: <c>7/first.png</c> shows a seven. Pictures beside
    /// them have the label −1, not known.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The images, ordered by their paths.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There is no picture in it, one cannot be read or has no ink, or a subfolder is not named 0 to 9; the message names it.</exception>
    public static IReadOnlyList<MnistImage> Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}', seen from '{Environment.CurrentDirectory}'. Give the folder that holds the folders 0 to 9 with the pictures.");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => s_endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0
            ? [.. files.Select(file => Read(file, LabelOf(file, folder)))]
            : throw new InvalidDataException($"There is no picture in '{folder}' or in a folder below. Pictures end in {string.Join(", ", s_endings)}.");
    }

    /// <summary>Reads one picture.</summary>
    /// <param name="file">A PNG, JPEG, WebP, BMP or GIF file of any size, with dark ink on bright paper or the other way round. What is transparent counts as white.</param>
    /// <param name="label">The digit it shows, 0 to 9; default −1, not known.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or has no ink; the message names the file.</exception>
    public static MnistImage Read(string file, int label = -1)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        using var picture = SKBitmap.Decode(file);
        if (picture is null)
            throw new InvalidDataException($"'{file}' is {(File.Exists(file) ? "no picture that can be read: save it as PNG or JPEG" : "not there")}.");
        return new(InkPicture.Of(picture) is { } ink ? ink.ToMnist() : throw new InvalidDataException($"There is no digit in '{file}': all of it is about the same grey."), label);
    }

    private static int LabelOf(string file, string folder) => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[..^1] switch
    {
        [] => -1,
        [.., [var digit and >= '0' and <= '9']] => digit - '0',
        [.., var name] => throw new InvalidDataException($"The folder '{name}' of '{file}' does not say which digit it holds. Name it 0 to 9."),
    };
}
