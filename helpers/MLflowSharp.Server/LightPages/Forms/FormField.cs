using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Forms;

/// <summary>Parts of forms.</summary>
internal static class FormField
{
    /// <summary>What every form that changes something begins with.</summary>
    /// <param name="call">The page it is on.</param>
    /// <param name="action">Where it is sent.</param>
    /// <param name="hidden">Values that the reader does not fill in.</param>
    public static Html Begin(PageCall call, string action, params (string Key, string? Value)[] hidden) => $"""
        <form method="post" action="{action}">
        <input type="hidden" name="form-token" value="{call.FormToken}"><input type="hidden" name="from" value="{call.With()}">
        {hidden.Where(field => field.Value is not null).Select(field => (Html)$"<input type=\"hidden\" name=\"{field.Key}\" value=\"{field.Value}\">")}
        """;

    /// <summary>A labelled line of text. After an error it holds what was filled in.</summary>
    public static Html Text(PageCall call, string id, string key, string label, string value = "", string? list = null, bool required = true) => $"""
        <label for="{id}">{label}</label> <input id="{id}" name="{key}" value="{(call.Error is not null && call.Filled(key) is { Length: > 0 } filled ? filled : value)}"{Html.If(required, () => $" required")}{Html.If(list is not null, () => $" list=\"{list}\"")} autocomplete="off">
        """;

    /// <summary>A deletion, behind a word that unfolds what it means: works without script, and not by one wrong click.</summary>
    public static Html Confirm(PageCall call, string action, string summary, string question, string button, params (string Key, string? Value)[] hidden) => $"""
        <details class="confirm"><summary>{summary}</summary>
        {Begin(call, action, hidden)}<p>{question}</p><button class="danger">{button}</button></form></details>
        """;
}
