using CSharpKernel.Dialect;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

// Where notebooks find it without a using directive.
namespace System;

/// <summary>Shows any value below the cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">What to show; any object, also null.</param>
    /// <param name="mimeTypes">The MIME types to send; all that suit the value when none is given.</param>
    /// <returns>A handle by which the value can be replaced.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Shown.Show(value, mimeTypes);

    /// <summary>Shows text as it is, under a MIME type such as <c>text/markdown</c> or <c>image/svg+xml</c>.</summary>
    /// <param name="value">The text; for images other than SVG in base64.</param>
    /// <param name="mimeType">The MIME type.</param>
    /// <returns>A handle by which the text can be replaced.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => Shown.ShowAs(value, mimeType);

    /// <summary>Shows a sequence with one column per property, key or position of its items, also as comma-separated values.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="value">The items; all of them are shown.</param>
    /// <param name="mimeTypes">The MIME types to send; HTML, text and CSV when none is given.</param>
    /// <returns>A handle by which the table can be replaced.</returns>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes) =>
        Shown.Show(value.ToTabularDataResource(), mimeTypes.Length > 0 ? mimeTypes : ["text/html", "text/plain", "text/csv"]);
}
