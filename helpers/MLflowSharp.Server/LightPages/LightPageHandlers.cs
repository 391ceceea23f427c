using System.Text;
using MLflowSharp.Server.Artifacts;
using MLflowSharp.Server.LightPages.Artifacts;
using MLflowSharp.Server.LightPages.Charts;
using MLflowSharp.Server.LightPages.Comparing;
using MLflowSharp.Server.LightPages.Experiments;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Registry;
using MLflowSharp.Server.LightPages.Runs;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages;

/// <summary>
/// Our own web pages under <c>/light/</c>, for where MLflow's are not installed: written here as HTML, usable by keyboard and without script, and
/// from this server alone.
/// </summary>
internal sealed class LightPageHandlers
{
    /// <summary>Nothing but our own style, script and pictures, whatever somebody has logged.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    private readonly FormCheck _check = new();
    private readonly Dictionary<string, PageHandler> _pages;
    private readonly Dictionary<string, PageHandler> _forms;
    private readonly ArtifactFiles _files;
    private readonly bool _isFirst;

    /// <summary>Makes the pages of some stores.</summary>
    /// <param name="stores">The stores.</param>
    /// <param name="artifacts">The files.</param>
    /// <param name="time">Tells how long a run has been running.</param>
    /// <param name="isFirst">Whether the server's address without a path leads here, because there are no other pages.</param>
    public LightPageHandlers(MlflowStores stores, ServedArtifacts artifacts, TimeProvider time, bool isFirst)
    {
        _isFirst = isFirst;
        _files = new(stores, artifacts);
        var history = new MetricHistories(stores.Tracking);
        _pages = new(StringComparer.Ordinal)
        {
            ["experiments"] = new ExperimentsPage(stores.Tracking).ShowAsync,
            ["runs"] = new RunsPage(stores.Tracking, time).ShowAsync,
            ["run"] = new RunPage(stores, history, _files, time).ShowAsync,
            ["artifacts"] = new ArtifactsPage(_files).ShowAsync,
            ["chart"] = new ChartPage(stores.Tracking, history).ShowAsync,
            ["compare"] = new ComparePage(stores.Tracking, history, time).ShowAsync,
            ["models"] = new ModelsPage(stores.Registry).ShowAsync,
            ["model"] = new ModelPage(stores.Registry).ShowAsync,
            ["model-version"] = new VersionPage(stores).ShowAsync,
            ["versions"] = new VersionsPage(stores).ShowAsync,
        };
        _forms = new IEnumerable<KeyValuePair<string, PageHandler>>[] { new ExperimentForms(stores.Tracking).All, new RunForms(stores.Tracking).All, new ModelForms(stores).All }
            .SelectMany(forms => forms).ToDictionary(StringComparer.Ordinal);
    }

    public IEnumerable<Route> Routes =>
    [
        .. PageAssets.Routes,
        .. _isFirst ? [new Route("GET", "/", (_, _) => Task.FromResult(Redirect(302, "light/experiments")))] : Enumerable.Empty<Route>(),
        new("GET", "/light", (_, _) => Task.FromResult(Redirect(302, "light/experiments"))),
        new("GET", "/light/", (_, _) => Task.FromResult(Redirect(302, "experiments"))),
        new("GET", "/light/artifact-file", (call, cancellation) => GuardAsync(new(call, _check.Token), page => _files.OpenAsync(page, cancellation))),
        .. _pages.Select(page => new Route("GET", "/light/" + page.Key, (call, cancellation) => ShowAsync(page.Value, new(call, _check.Token), cancellation))),
        .. _forms.Select(form => new Route("POST", "/light/" + form.Key, (call, cancellation) => CarryOutAsync(form.Value, new(call, _check.Token), cancellation))),
    ];

    private static Task<RestResponse> ShowAsync(PageHandler handler, PageCall call, CancellationToken cancellationToken) =>
        GuardAsync(call, async page => Render(page, await handler(page, cancellationToken)));

    private Task<RestResponse> CarryOutAsync(PageHandler form, PageCall call, CancellationToken cancellationToken) => GuardAsync(call, async page =>
    {
        var filled = await page.ReadFormAsync(cancellationToken);
        _check.Check(filled);
        try
        {
            return Redirect(303, (await form(filled, cancellationToken)).GoTo!);
        }
        catch (MlflowException error) when (error.ErrorCode.ToHttpStatus() < 500 && filled.Filled("from") is var from && Writing.Address.IsOurs(from) && _pages.TryGetValue(from.Split('?')[0], out var handler))
        {
            var again = filled.Back(from, error);
            return Render(again, await handler(again, cancellationToken) with { Status = error.ErrorCode.ToHttpStatus() });
        }
    });

    /// <summary>What a caller did wrong is a page, too. All else is the interface's to report.</summary>
    private static async Task<RestResponse> GuardAsync(PageCall call, Func<PageCall, Task<RestResponse>> answer)
    {
        try
        {
            return await answer(call);
        }
        catch (MlflowException error) when (error.ErrorCode.ToHttpStatus() is var status and < 500)
        {
            return Render(call, new(status == 404 ? "Not found" : "That did not work", $"{PageFrame.Alert(error)}<p><a href=\"experiments\">All experiments</a></p>") { Status = status });
        }
    }

    private static RestResponse Render(PageCall call, Page page)
    {
        var answer = new RestResponse(page.Status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(PageFrame.Render(call, page).ToString()));
        answer.Headers["Content-Security-Policy"] = Policy;
        answer.Headers["X-Content-Type-Options"] = "nosniff";
        // Forms say where they come from only to the same origin.
        answer.Headers["Referrer-Policy"] = "same-origin";
        answer.Headers["Cache-Control"] = "private, no-cache";
        return answer;
    }

    private static RestResponse Redirect(int status, string address)
    {
        var answer = new RestResponse(status, null, []);
        answer.Headers["Location"] = address;
        return answer;
    }
}
