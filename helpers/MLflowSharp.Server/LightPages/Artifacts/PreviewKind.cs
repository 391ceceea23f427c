namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>How a file is shown.</summary>
internal enum PreviewKind
{
    /// <summary>As text if it is some.</summary>
    Text,
    Picture,
    Html,
    Json,
    Table,
    Markdown,
}
