using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;

namespace Interop;

/// <summary>
/// The Python that holds the real MLflow and Jupyter: <c>TUTORIAL_PYTHON</c>, or the checkout's <c>.venv</c>
/// (<c>environment/python</c> says how to make it). Older MLflow versions stand beside it in <c>older/&lt;version&gt;</c>.
/// </summary>
internal sealed class PythonEnvironment
{
    /// <summary>The version that the environment itself holds.</summary>
    public const string NewestMlflow = "3.17.2";

    private static readonly string Checkout = FindCheckout();

    private PythonEnvironment(string executable) => Executable = executable;

    /// <summary>Full path of the interpreter.</summary>
    public string Executable { get; }

    /// <summary>Top folder of the checkout these tests were built in.</summary>
    public static string CheckoutFolder => Checkout;

    /// <summary>The environment; without one the test is skipped, or fails when TUTORIAL_REQUIRE_PYTHON is 1.</summary>
    public static PythonEnvironment Require()
    {
        var wanted = Environment.GetEnvironmentVariable("TUTORIAL_PYTHON") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Checkout, ".venv", OperatingSystem.IsWindows() ? "Scripts/python.exe" : "bin/python");
        if (!File.Exists(wanted))
            Missing($"No Python at '{wanted}'. Make one as environment/python/README.md says, or set TUTORIAL_PYTHON.");
        return new(wanted);
    }

    /// <summary>Runs one of the scripts in <c>Python/</c> and reads the JSON that it prints as its last line.</summary>
    /// <param name="script">File name without <c>.py</c>.</param>
    /// <param name="mlflow">The MLflow version to run it with.</param>
    /// <param name="arguments">The script's arguments.</param>
    public async Task<JsonNode> RunAsync(string script, string mlflow, params string[] arguments)
    {
        if (!PythonForks.IsSupported)
            return await RunAsync(script, mlflow, Command(mlflow, [Script(script), .. arguments]));
        using var limit = Limit();
        var (code, output, errors) = await PythonForks.RunAsync(mlflow, [Script(script), .. arguments], limit.Token);
        return Read(script, mlflow, code, output, errors);
    }

    /// <summary>Runs one of the scripts in <c>Python/</c> where Jupyter knows the kernels of a folder and writes to no other.</summary>
    /// <param name="script">File name without <c>.py</c>.</param>
    /// <param name="jupyterFolder">Jupyter's data folder, which holds <c>kernels</c>.</param>
    /// <param name="arguments">The script's arguments.</param>
    public async Task<JsonNode> RunWithJupyterAsync(string script, string jupyterFolder, params string[] arguments)
    {
        if (!PythonForks.IsSupported)
            return await RunAsync(script, NewestMlflow, JupyterCommand(jupyterFolder, [Script(script), .. arguments]));
        using var limit = Limit();
        var (code, output, errors) = await PythonForks.RunWithJupyterAsync(jupyterFolder, JupyterVariables(jupyterFolder), [Script(script), .. arguments], limit.Token);
        return Read(script, NewestMlflow, code, output, errors);
    }

    /// <summary>A command of the interpreter in a folder where Jupyter keeps everything, and whose kernels are the only ones it knows besides the environment's.</summary>
    /// <param name="jupyterFolder">Jupyter's data folder, which holds <c>kernels</c>.</param>
    /// <param name="arguments">What follows the interpreter's name.</param>
    public Command JupyterCommand(string jupyterFolder, IEnumerable<string> arguments)
    {
        var command = Command(NewestMlflow, arguments);
        var variables = command.EnvironmentVariables.ToDictionary();
        foreach (var (name, value) in JupyterVariables(jupyterFolder))
            variables[name] = value;
        return command.WithEnvironmentVariables(variables).WithWorkingDirectory(jupyterFolder);
    }

    /// <summary>A command of the interpreter, for a test to run as it needs.</summary>
    /// <param name="mlflow">The MLflow version on its path.</param>
    /// <param name="arguments">What follows the interpreter's name.</param>
    public Command Command(string mlflow, IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["PYTHONPATH"] = PathOf(mlflow),
            ["PYTHONIOENCODING"] = "utf-8",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["MLFLOW_DISABLE_TELEMETRY"] = "true",
            ["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] = "false",
            ["MLFLOW_ALLOW_FILE_STORE"] = "true",
            ["MLFLOW_TRACKING_URI"] = null,
            ["MLFLOW_EXPERIMENT_NAME"] = null,
            ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false",
            ["GIT_PYTHON_REFRESH"] = "quiet",
        };
        return Cli.Wrap(Executable).WithArguments(arguments).WithEnvironmentVariables(environment).WithValidation(CommandResultValidation.None);
    }

    /// <summary>Starts one of the scripts in <c>Python/</c> that take requests and answer in lines.</summary>
    /// <param name="script">File name without <c>.py</c>.</param>
    /// <param name="mlflow">The MLflow version on its path.</param>
    /// <param name="errors">Gets the lines of its standard error stream.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">The script's arguments.</param>
    public Process Serve(string script, string mlflow, ConcurrentQueue<string> errors, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, [Script(script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in Command(mlflow, []).EnvironmentVariables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        // What is written to a pipe that nobody reads stops the writer.
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Full path of one of the scripts in <c>Python/</c>.</summary>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Python", $"{name}.py");

    /// <summary>Skips the test with a reason, or fails it where the Python peers are required.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("TUTORIAL_REQUIRE_PYTHON") == "1")
            Assert.Fail($"{reason} (TUTORIAL_REQUIRE_PYTHON is 1.)");
        Assert.Skip(reason);
    }

    /// <summary>Runs a command of one of the scripts and reads the JSON that it prints as its last line.</summary>
    public static async Task<JsonNode> RunAsync(string script, string mlflow, Command command)
    {
        using var limit = Limit();
        var result = await command.ExecuteBufferedAsync(limit.Token);
        return Read(script, mlflow, result.ExitCode, result.StandardOutput, result.StandardError);
    }

    private static IEnumerable<KeyValuePair<string, string>> JupyterVariables(string folder) =>
        from name in (string[])["JUPYTER_PATH", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"]
        select KeyValuePair.Create(name, folder);

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(10));
        return limit;
    }

    private static JsonNode Read(string script, string mlflow, int code, string output, string errors)
    {
        if (code != 0)
            Assert.Fail($"{script}.py with MLflow {mlflow} ended with {code}:\n{output}\n{errors}");
        try
        {
            return JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
        }
        catch (JsonException)
        {
            Assert.Fail($"{script}.py with MLflow {mlflow} printed no JSON as its last line:\n{output}\n{errors}");
            throw;
        }
    }

    private string? PathOf(string mlflow)
    {
        if (mlflow == NewestMlflow)
            return null;
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Executable))!, "older", mlflow);
        if (!Directory.Exists(folder))
            Missing($"No MLflow {mlflow} at '{folder}'. environment/python/README.md says how to add it.");
        return folder;
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tutorial.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Tutorial.sln: run the tests from a checkout.");
    }
}
