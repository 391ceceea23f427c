namespace CSharpKernel.Display;

/// <summary>The MIME types that the kernel itself writes.</summary>
internal static class MimeTypes
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string TableSchema = "application/table-schema+json";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string VegaLite = "application/vnd.vegalite.v5+json";
    public const string JavaScript = "application/javascript";
    public const string Widget = "application/vnd.jupyter.widget-view+json";
    public const string Plotly = "application/vnd.plotly.v1+json";
}
