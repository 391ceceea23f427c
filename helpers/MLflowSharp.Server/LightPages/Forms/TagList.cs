using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Forms;

/// <summary>The tags of something, to remove, and a form for one more. What MLflow writes for itself is left out.</summary>
internal static class TagList
{
    public static Html Render(PageCall call, IReadOnlyDictionary<string, string> tags, string set, string remove, params (string Key, string? Value)[] of) => $"""
        <section aria-labelledby="tags"><h2 id="tags">Tags</h2>
        <ul class="tags">{tags.Where(tag => !tag.Key.StartsWith("mlflow.", StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (Html)$"""
            <li>{tag.Key}: {tag.Value} {FormField.Begin(call, remove, [.. of, ("key", tag.Key)])}<button class="quiet" aria-label="Remove the tag {tag.Key}">×</button></form></li>
            """)}</ul>
        <details class="make"><summary>Add a tag</summary>{FormField.Begin(call, set, of)}{FormField.Text(call, "tag-key", "key", "Name")} {FormField.Text(call, "tag-value", "value", "Value", required: false)} <button>Save</button></form></details>
        </section>
        """;
}
