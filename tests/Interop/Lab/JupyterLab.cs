using System.Text.Json.Nodes;
using Interop.Browser;

namespace Interop.Lab;

/// <summary>JupyterLab in a headless Chromium, started when the first test opens a notebook and shared by all that are in its collection.</summary>
public class JupyterLab : IAsyncDisposable
{
    private readonly Lazy<Task<LabServer>> _started;

    /// <summary>One with an empty folder of notebooks.</summary>
    public JupyterLab()
        : this(() => LabServer.StartAsync())
    {
    }

    /// <summary>One with a server of its own kind.</summary>
    private protected JupyterLab(Func<Task<LabServer>> startServer) => _started = new(startServer);

    /// <summary>Writes a notebook and opens it as a reader would; a kernel is ready when this returns.</summary>
    /// <param name="name">The file's name without <c>.ipynb</c>: letters, digits and hyphens.</param>
    /// <param name="cells">The code cells.</param>
    public Task<LabNotebook> OpenAsync(string name, params string[] cells) => OpenAsync(null, name, cells);

    /// <summary>The same, by another address than the server's own.</summary>
    /// <param name="host">Gives the address of a server such as a proxy, of the server's own; null for that.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="cells">The code cells.</param>
    internal async Task<LabNotebook> OpenAsync(Func<Uri, Task<string>>? host, string name, params string[] cells)
    {
        var server = await ServerAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Notebooks, $"{name}.ipynb"), Notebook(cells).ToJsonString());
        return await ShowAsync(name, host);
    }

    /// <summary>Opens a notebook that is in the server's folder; a kernel is ready when this returns.</summary>
    /// <param name="name">The file's name without <c>.ipynb</c>.</param>
    /// <param name="host">Gives the address of a server such as a proxy, of the server's own; null for that.</param>
    private protected async Task<LabNotebook> ShowAsync(string name, Func<Uri, Task<string>>? host = null)
    {
        var server = await ServerAsync();
        // A context of its own: no test sees another's cookies, storage or clipboard.
        var context = await (await SharedChromium.BrowserAsync()).NewContextAsync(new() { ViewportSize = new() { Width = 1200, Height = 760 } });
        var notebook = new LabNotebook(name, await context.NewPageAsync(), server);
        await notebook.OpenAsync(host is null ? server.Address : await host(new(server.Address)));
        return notebook;
    }

    private async Task<LabServer> ServerAsync()
    {
        PythonEnvironment.Require();
        Chromium.Require();
        return await _started.Value;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully)
            return;
        await (await _started.Value).DisposeAsync();
    }

    private static JsonObject Notebook(string[] cells) => new()
    {
        ["cells"] = new JsonArray([.. cells.Select((source, index) => new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = $"c{index}",
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        })]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)", ["language"] = "C#" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };
}
