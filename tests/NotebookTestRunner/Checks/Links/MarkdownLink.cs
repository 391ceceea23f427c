namespace NotebookTestRunner.Checks.Links;

/// <summary>A link or a picture.</summary>
/// <param name="Target">Its address, as it was written.</param>
/// <param name="IsPicture">Whether it is shown in place.</param>
/// <param name="Text">The link's text, or the picture's alternative text.</param>
internal sealed record MarkdownLink(string Target, bool IsPicture, string Text);
