namespace CSharpKernel.Dialect;

/// <summary>Shows any value below the cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">What to show; any object, also null.</param>
    /// <param name="mimeTypes">The MIME types to send; all that suit the value when none is given.</param>
    /// <returns>A handle by which the value can be replaced.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Shown.Show(value, mimeTypes);

    /// <summary>Shows text as it is, under a MIME type such as <c>text/markdown</c> or <c>image/svg+xml</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">The MIME type.</param>
    /// <returns>A handle by which the text can be replaced.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => Shown.Show(value, [mimeType]);
}
