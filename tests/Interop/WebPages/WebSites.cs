using CliWrap.Buffered;
using Interop.Browser;
using Interop.Stores;
using MLflowSharp.Server;

namespace Interop.WebPages;

/// <summary>
/// A database with one course written directly and one through the real MLflow's server, that server and ours over it, in a headless Chromium;
/// all started when the first test asks for a page.
/// </summary>
public sealed class WebSites : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _started;
    private readonly List<IAsyncDisposable> _running = [];
    private WebSite? _database;
    private WebSite? _rest;
    private WebSite? _ours;

    /// <summary>Starts nothing yet.</summary>
    public WebSites() => _started = new(StartAsync);

    /// <summary>The real server's pages of what our client wrote into the database.</summary>
    internal async Task<WebSite> DatabaseAsync()
    {
        await _started.Value;
        return _database!;
    }

    /// <summary>The real server's pages of what our client logged through it.</summary>
    internal async Task<WebSite> RestAsync()
    {
        await _started.Value;
        return _rest!;
    }

    /// <summary>MLflow's pages served by our server over the same database.</summary>
    internal async Task<WebSite> OursAsync()
    {
        await _started.Value;
        return _ours!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (var i = _running.Count - 1; i >= 0; i--)
            await _running[i].DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        var python = PythonEnvironment.Require();
        Chromium.Require();
        var course = CourseStore.Write(_folder.TrackingUri, "digits", _folder.Combine("artifacts"));
        var server = await MlflowServer.StartAsync(python, _folder, ["--artifacts-destination", _folder.Combine("served")]);
        _running.Add(server);
        var courseOverRest = CourseStore.Write(server.Uri, "digits over REST", _folder.Combine("unused"));
        _database = await OpenAsync("database", server.Uri, course);
        var ours = await TrackingServer.StartAsync(new()
        {
            BackendStoreUri = _folder.TrackingUri,
            ArtifactsDestination = _folder.Combine("served"),
            PagesFolder = await PagesFolderAsync(python),
            Port = 0,
        });
        _running.Add(ours);
        await SentTraces.SendAsync(ours.TrackingUri, course.ExperimentId, course.Adam.Info.RunId, course.Model.ModelId);
        _ours = await OpenAsync("ours", ours.TrackingUri, course);
        _rest = await OpenAsync("rest", server.Uri, courseOverRest);
    }

    /// <summary>The folder of the real MLflow's pages.</summary>
    internal static async Task<string> PagesFolderAsync(PythonEnvironment python)
    {
        // Where the package is, without the time that importing it takes.
        var found = await python.Command(PythonEnvironment.NewestMlflow, ["-c", "import importlib.util; print(importlib.util.find_spec('mlflow').submodule_search_locations[0])"])
            .ExecuteBufferedAsync();
        return Path.Combine(found.StandardOutput.Trim(), "server", "js", "build");
    }

    private async Task<WebSite> OpenAsync(string name, string address, CourseStore course)
    {
        var site = await WebSite.OpenAsync(await SharedChromium.BrowserAsync(), name, address, course);
        _running.Add(site.Page.Context);
        return site;
    }
}
