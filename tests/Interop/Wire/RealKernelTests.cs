using JupyterProtocol.Client;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;

namespace Interop.Wire;

/// <summary>Our client's side of the wire drives the real IPython kernel.</summary>
public sealed class RealKernelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_executes_cells_and_keeps_their_outputs_in_order()
    {
        await using var kernel = await StartAsync();

        var (reply, published) = await ExecuteAsync(kernel, "import sys\nprint('out')\nprint('err', file=sys.stderr)\ndisplay('shown')\nx = 20\nx + 1");

        Assert.Equal(("ok", 1), ((string)reply.Content["status"]!, (int)reply.Content["execution_count"]!));
        Assert.Equal(
            ["status busy", "execute_input", "stream out\n", "stream err\n", "display_data 'shown'", "execute_result 21", "status idle"],
            published.Select(Summary));
    }

    [Fact]
    public async Task It_reports_errors_and_goes_on()
    {
        await using var kernel = await StartAsync();

        var (reply, _) = await ExecuteAsync(kernel, "x = 1\n1 / 0");
        var (after, published) = await ExecuteAsync(kernel, "x");

        Assert.Equal(("error", "ZeroDivisionError"), ((string)reply.Content["status"]!, (string)reply.Content["ename"]!));
        Assert.Equal("ok", (string)after.Content["status"]!);
        Assert.Contains("execute_result 1", published.Select(Summary));
    }

    [Fact]
    public async Task It_answers_the_kernel_s_questions()
    {
        await using var kernel = await StartAsync();
        var asked = new List<(string, bool)>();
        var options = new ExecuteOptions
        {
            Input = (prompt, password, _) =>
            {
                asked.Add((prompt, password));
                return Task.FromResult(password ? "secret" : "Maija");
            },
        };

        var (_, published) = await ExecuteAsync(kernel, "import getpass\nprint(input('Name? '), getpass.getpass('Word? '))", options);

        Assert.Equal([("Name? ", false), ("Word? ", true)], asked);
        Assert.Contains("stream Maija secret\n", published.Select(Summary));
    }

    [Fact]
    public async Task It_interrupts_by_signal_and_the_state_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var kernel = await StartAsync();
        var sleeping = new TaskCompletionSource();

        var running = kernel.Client.ExecuteAsync("x = 20\nimport time\nprint('sleeping', flush=True)\ntime.sleep(100)", Notice, cancellationToken: Cancelled);
        await sleeping.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancelled);
        await kernel.InterruptAsync(Cancelled);
        var reply = await kernel.WithExitAsync(running).WaitAsync(TimeSpan.FromMinutes(2), Cancelled);
        var (_, published) = await ExecuteAsync(kernel, "x");

        Assert.Equal("KeyboardInterrupt", (string)reply.Content["ename"]!);
        Assert.Contains("execute_result 20", published.Select(Summary));

        void Notice(Message message)
        {
            if (message.Header.MessageType == "stream")
                sleeping.TrySetResult();
        }
    }

    [Fact]
    public async Task It_notices_that_the_kernel_died()
    {
        await using var kernel = await StartAsync();

        var death = await Assert.ThrowsAsync<KernelDiedException>(() =>
            kernel.WithExitAsync(kernel.Client.ExecuteAsync("import os\nos._exit(7)", cancellationToken: Cancelled)).WaitAsync(TimeSpan.FromMinutes(2), Cancelled));

        Assert.Equal(7, death.ExitCode);
    }

    [Fact]
    public async Task It_asks_for_completion_inspection_and_history()
    {
        await using var kernel = await StartAsync();
        await ExecuteAsync(kernel, "number_of_layers = 3");

        var completed = await kernel.Client.RequestAsync("complete_request", new() { ["code"] = "number_of", ["cursor_pos"] = 9 }, cancellationToken: Cancelled);
        var inspected = await kernel.Client.RequestAsync(
            "inspect_request", new() { ["code"] = "len", ["cursor_pos"] = 3, ["detail_level"] = 0 }, cancellationToken: Cancelled);

        Assert.Contains("number_of_layers", completed.Content["matches"]!.AsArray().GetValues<string>());
        Assert.True((bool)inspected.Content["found"]!);
    }

    [Fact]
    public async Task It_ends_the_kernel_when_asked_to()
    {
        await using var kernel = await StartAsync();

        await kernel.ShutdownAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(0, await kernel.Exited.WaitAsync(TimeSpan.FromMinutes(2), Cancelled));
    }

    private async Task<KernelProcess> StartAsync()
    {
        var python = PythonEnvironment.Require();
        var spec = new KernelSpec
        {
            Argv = [python.Executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            DisplayName = "Python",
            Language = "python",
        };
        KernelSpecStore.Install("real-python", spec, _folder.FullName);
        var options = new KernelStartOptions
        {
            WorkingDirectory = _folder.FullName,
            RuntimeDirectory = _folder.FullName,
            Environment = new Dictionary<string, string?> { ["IPYTHONDIR"] = _folder.FullName },
        };
        return await KernelProcess.StartAsync(new KernelSpecStore([_folder.FullName], []).Find("real-python"), options, Cancelled);
    }

    private static async Task<(Message Reply, List<Message> Published)> ExecuteAsync(KernelProcess kernel, string code, ExecuteOptions? options = null)
    {
        var published = new List<Message>();
        var running = kernel.Client.ExecuteAsync(code, published.Add, options, cancellationToken: Cancelled);
        return (await kernel.WithExitAsync(running).WaitAsync(TimeSpan.FromMinutes(2), Cancelled), published);
    }

    private static string Summary(Message message) => message.Header.MessageType switch
    {
        "status" => $"status {message.Content["execution_state"]}",
        "stream" => $"stream {message.Content["text"]}",
        "display_data" or "execute_result" => $"{message.Header.MessageType} {message.Content["data"]!["text/plain"]}",
        var other => other,
    };
}
