using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Text that is JSON.</summary>
/// <param name="json">The JSON.</param>
public class JsonString(string json) : HtmlString(json);
