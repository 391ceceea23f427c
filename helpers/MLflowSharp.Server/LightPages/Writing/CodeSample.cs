namespace MLflowSharp.Server.LightPages.Writing;

/// <summary>Code for a page that has nothing else to show: how something would come here.</summary>
internal static class CodeSample
{
    /// <summary>Shows lines of C# after the one that names this server. The page's script knows its address better, behind a proxy.</summary>
    public static Html Of(PageCall call, string code) => $"""
        <pre class="code"><code>Mlflow.SetTrackingUri("<span data-server>http://{call.Request.Header("Host") ?? "localhost:5000"}</span>");
        {code}</code></pre>
        """;
}
