using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterProtocol.KernelSpecs;
using Spectre.Console;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;
using Tutorial.Cli.Verbs;

namespace Tutorial.Cli.Tests;

/// <summary>A small course in a temporary folder, with the real kernel, and its command line.</summary>
internal sealed class Course : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public Course()
    {
        Root = Directory.CreateTempSubdirectory("course-").FullName;
        Checkout = new Checkout(Root) { KernelAssembly = Checkout.Find().KernelAssembly };
        Directory.CreateDirectory(Checkout.Notebooks);
        Context = new CliContext
        {
            Checkout = Checkout,
            Out = CreateConsole(_out),
            Error = _error,
            WorkingDirectory = Root,
            JupyterDirectories = [Path.Combine(Root, "jupyter")],
            JupyterUserDirectory = Path.Combine(Root, "jupyter"),
            JupyterRuntimeDirectory = Path.Combine(Root, "jupyter", "runtime"),
            JupyterPathVariable = null,
            PythonPrefix = null,
        };
    }

    public string Root { get; }

    public Checkout Checkout { get; }

    public CliContext Context { get; set; }

    /// <summary>What was written so far; a verb that goes on writing does so under the same lock.</summary>
    public string Output
    {
        get
        {
            lock (_out)
                return _out.ToString();
        }
    }

    public string Error => _error.ToString();

    /// <summary>A console without colours, 120 columns wide.</summary>
    public static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 120;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    public Task<ExitCode> TypeAsync(params string[] args) => TypeAsync(TestContext.Current.CancellationToken, args);

    public Task<ExitCode> TypeAsync(CancellationToken stop, params string[] args) => CommandLine.RunAsync(args, Context, stop);

    /// <summary>Waits, for two minutes at most, until a verb that goes on has written something.</summary>
    public async Task<Match> SaidAsync(Regex what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!what.IsMatch(Output))
            await Task.Delay(10, limit.Token);
        return what.Match(Output);
    }

    public string PathOf(string file) => Path.Combine(Root, file.Replace('/', Path.DirectorySeparatorChar));

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Writes a file below the course's folder, and the folders to it.</summary>
    public string Write(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a notebook whose code cells have these sources and show nothing.</summary>
    public string WriteNotebook(string file, params string[] cells) => WriteNotebook(file, [.. cells.Select(cell => (cell, Array.Empty<string>()))]);

    /// <summary>Writes a notebook whose code cells have these sources and tags and show nothing.</summary>
    public string WriteNotebook(string file, params (string Source, string[] Tags)[] cells) =>
        Write(file, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((cell, index) => new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = null,
                ["id"] = $"c{index}",
                ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. cell.Tags.Select(tag => (JsonNode)tag)]) },
                ["outputs"] = new JsonArray(),
                ["source"] = cell.Source,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());

    /// <summary>A notebook that passes without a kernel: its only cell is to be skipped.</summary>
    public string WriteSkipped(string file) => WriteNotebook(file, "// test: skip\nConsole.WriteLine();");

    /// <summary>Installs a kernelspec with this command line.</summary>
    public void InstallKernel(string name, params string[] argv) =>
        KernelSpecStore.Install(name, new KernelSpec { Argv = argv, DisplayName = name, Language = "C#" }, Context.JupyterUserDirectory);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
