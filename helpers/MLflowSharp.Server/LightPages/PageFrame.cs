using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages;

/// <summary>What every page has around its body.</summary>
internal static class PageFrame
{
    /// <summary>What is said after a form was carried out. Addresses hold only the key: nobody can put words of their own here.</summary>
    public static readonly IReadOnlyDictionary<string, string> Notices = new Dictionary<string, string>
    {
        ["created"] = "Created.",
        ["renamed"] = "Renamed.",
        ["deleted"] = "Deleted.",
        ["trashed"] = "Moved to the trash. It can be restored from the list of deleted ones.",
        ["restored"] = "Restored.",
        ["saved"] = "Saved.",
        ["registered"] = "Registered.",
        ["alias-set"] = "The alias points at this version now.",
        ["alias-removed"] = "The alias was removed.",
    };

    public static Html Render(PageCall call, Page page) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{page.Title} · MLflow</title>
        <link rel="stylesheet" href="{PageAssets.StyleAddress}">
        <link rel="icon" href="data:,">
        <script src="{PageAssets.ScriptAddress}" defer></script>
        </head>
        <body{Html.If(page.IsLive, () => $" data-live=\"3\"")}>
        <a class="skip" href="#content">Skip to the content</a>
        <header><a class="home" href="experiments">MLflow</a>
        <nav aria-label="Main"><a href="experiments"{Current(call, "experiments")}>Experiments</a> <a href="models"{Current(call, "models")}>Models</a></nav>
        </header>
        <main id="content" tabindex="-1">
        {Html.If(page.Above.Count > 0, () => $"<nav class=\"above\" aria-label=\"Where you are\">{page.Above.Select(above => (Html)$"<a href=\"{above.Address}\">{above.Name}</a> <span aria-hidden=\"true\">/</span> ")}</nav>")}
        <h1>{page.Title}</h1>
        {Html.If(page.IsLive, () => $"<p class=\"live faint\"><span class=\"pulse\" aria-hidden=\"true\"></span> <span id=\"live-text\">Still logging. <a href=\"{call.With()}\">Refresh</a></span> <button type=\"button\" id=\"live-pause\" class=\"quiet\" hidden>Pause updates</button></p>")}
        {Notice(call)}
        {Alert(call.Error)}
        {page.Body}
        </main>
        <footer class="faint">Light pages of MLflowSharp. Everything here comes from this server alone.</footer>
        </body>
        </html>

        """;

    /// <summary>What went wrong, where readers and screen readers find it at once.</summary>
    public static Html Alert(MlflowException? error, string id = "error") =>
        Html.If(error is not null, () => $"<p class=\"alert\" role=\"alert\" id=\"{id}\">{error!.Message}</p>");

    private static Html Notice(PageCall call) =>
        call.Error is null && Notices.TryGetValue(call["done"], out var notice) ? $"<p class=\"notice\" role=\"status\">{notice}</p>" : Html.Empty;

    private static Html Current(PageCall call, string page) => Html.If(call.Here.Split('?')[0] == page, () => $" aria-current=\"page\"");
}
