namespace MLflowSharp.Serving;

/// <summary>The page <c>/draw</c>, on which digits are drawn for the served model. The course writes the same page with networks in it.</summary>
internal static class DrawPage
{
    /// <summary>Its path.</summary>
    public const string Path = "/draw";

    /// <summary>Gives the page.</summary>
    public static string Html => Resource("draw.html").Replace("/*SCRIPTS*/", Resource("pad.js") + Resource("digits.js"), StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(DrawPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
