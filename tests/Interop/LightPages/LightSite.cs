using Interop.Browser;
using Microsoft.Playwright;
using MLflowSharp;
using MLflowSharp.Server;

namespace Interop.LightPages;

/// <summary>Our server without MLflow's pages, as a proxy of a shared node shows it, with an experiment in it, and a browser.</summary>
public sealed class LightSite : IAsyncLifetime
{
    private const float Patience = 30_000;

    private readonly TemporaryFolder _folder = new();
    private TrackingServer _server = null!;
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>The server's address.</summary>
    public string Uri => _server.TrackingUri;

    /// <summary>A client of the server.</summary>
    public MlflowClient Client { get; private set; } = null!;

    /// <summary>The experiment.</summary>
    public string Experiment { get; private set; } = "";

    /// <summary>Its runs: with Adam, with Adagrad.</summary>
    public (string Adam, string Adagrad) Runs { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        PythonEnvironment.Require();
        Chromium.Require();
        _server = await TrackingServer.StartAsync(new()
        {
            BackendStoreUri = _folder.TrackingUri, ArtifactsDestination = _folder.Combine("mlartifacts"), Port = 0, PathPrefix = "/rnode/n1/5000", StoreOptions = new() { DatabaseVersion = "3.17" },
        });
        Client = new(Uri, new() { Journal = new() { Enabled = false } });
        Experiment = await Client.CreateExperimentAsync("MNIST: which optimizer?");
        await Client.SetExperimentTagAsync(Experiment, "mlflow.note.content", "Handwritten digits, *two* optimizers, the same network.");
        Runs = (await TrainAsync("3Layer_adam", "Adam", 0.001, 0.62), await TrainAsync("3Layer_adagrad", "Adagrad", 0.01, 0.80));
        await TrainAsync("3Layer_sgd", "SGD", 0.1, 0.9);
    }

    /// <summary>Opens a window at a page.</summary>
    /// <param name="page">The page, such as <c>experiments</c>.</param>
    /// <param name="script">Whether scripts run in it.</param>
    /// <param name="dark">Whether the reader likes it dark.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="isExpected">Complaints that are none.</param>
    internal async Task<(IPage Page, PageFaults Faults)> OpenAsync(string page, bool script = true, bool dark = false, int width = 1100, Func<string, bool>? isExpected = null)
    {
        var context = await (await SharedChromium.BrowserAsync()).NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 720 }, JavaScriptEnabled = script, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, TimezoneId = "Europe/Helsinki", Locale = "en-GB",
        });
        _contexts.Add(context);
        var window = await context.NewPageAsync();
        window.SetDefaultTimeout(Patience);
        var faults = new PageFaults(window, isExpected);
        await window.GotoAsync($"{Uri}/{page}");
        return (window, faults);
    }

    /// <summary>Saves a picture as <c>artifacts/light-pages/NAME.png</c>; the good ones are copied to <c>docs/images</c> by hand.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The picture's name.</param>
    public static Task PictureAsync(IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "light-pages", $"{name}.png") });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> TrainAsync(string name, string optimizer, double rate, double decay)
    {
        var run = (await Client.CreateRunAsync(Experiment, runName: name)).Info.RunId;
        await Client.LogBatchAsync(
            run,
            [
                .. Enumerable.Range(0, 20).SelectMany(epoch => (Metric[])
                [
                    new("loss", 2.3 * Math.Pow(decay, epoch) + 0.05 + (0.02 * Math.Sin(epoch * 2.5)), 1_790_000_000_000 + (epoch * 1500), epoch),
                    new("val_accuracy", 0.98 - (0.88 * Math.Pow(decay, epoch)) - (0.01 * Math.Cos(epoch * 3)), 1_790_000_000_000 + (epoch * 1500), epoch),
                ]),
            ],
            [new("opt_name", optimizer), new("opt_learning_rate", rate.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("epochs", "20"), new("batch_size", "128")],
            [new("mlflow.note.content", $"Trained with **{optimizer}**."), new("purpose", "comparison"), new("mlflow.source.name", "02-mnist.ipynb")]);
        await Client.LogInputsAsync(run, [new(new("mnist", "6e1c63f3", "local", """{"uri": "data/mnist"}""", Profile: """{"num_rows": 60000}"""), [new("mlflow.data.context", "train")])]);
        await Client.LogTextAsync(run, "digit,images\n0,60\n1,71\n", "tables/counts.csv");
        await Client.LogTextAsync(run, "# Remarks\n\n- quick\n- good enough\n", "remarks.md");
        await Client.LogTextAsync(run, "<p id=p>still</p><script>p.textContent = 'drawn'; fetch('/rnode/n1/5000/light/experiments').then(() => p.textContent = 'reached', () => p.textContent = 'kept away');</script>", "figure.html");
        await Client.LogTextAsync(run, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"60\"><circle cx=\"60\" cy=\"30\" r=\"25\" fill=\"teal\"/></svg>", "plots/circle.svg");
        var model = await Client.CreateLoggedModelAsync(Experiment, "digits-net", run);
        await Client.FinalizeLoggedModelAsync(model.ModelId);
        await Client.LogOutputsAsync(run, [new(model.ModelId, 19)]);
        await Client.SetTerminatedAsync(run);
        return run;
    }
}
