using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using JupyterProtocol.Connections;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;
using ScriptedKernel;

namespace JupyterProtocol.Tests.Processes;

public sealed class KernelProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KernelStartOptions Options => new() { RuntimeDirectory = Path.Combine(_folder, "runtime"), WorkingDirectory = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_kernel_is_started_as_its_spec_says_and_answers()
    {
        var spec = ScriptedKernelSpec.Create() with { Environment = new Dictionary<string, string> { ["FROM_SPEC"] = "spec", ["FROM_BOTH"] = "spec" } };
        var options = Options with { Environment = new Dictionary<string, string?> { ["FROM_BOTH"] = "options", ["HOME"] = null } };

        await using var kernel = await StartAsync(spec, options);

        Assert.Equal("scripted", kernel.Info.Content["implementation"]!.GetValue<string>());
        Assert.Equal("spec options unset", await PrintedAsync(kernel, "variable FROM_SPEC\nprint \\ \nvariable FROM_BOTH\nprint \\ \nvariable HOME"));
        Assert.EndsWith(Path.GetFileName(_folder), await PrintedAsync(kernel, "folder"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_kernel_that_was_disposed()
    {
        var kernel = await StartAsync();
        var processId = kernel.ProcessId;
        Assert.Single(Directory.EnumerateFiles(Options.RuntimeDirectory!));

        await kernel.DisposeAsync();

        Assert.Empty(Directory.EnumerateFiles(Options.RuntimeDirectory!));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(processId));
        Assert.Equal(0, await kernel.Exited);
    }

    [Fact]
    public async Task A_kernel_that_dies_at_its_start_is_quoted()
    {
        var error = await Assert.ThrowsAsync<KernelDiedException>(() => StartAsync(ScriptedKernelSpec.Create("message", "--dies-at-start")));

        Assert.Equal((3, "I was not meant to live."), (error.ExitCode, error.LastWords));
        Assert.Empty(Directory.EnumerateFiles(Options.RuntimeDirectory!));
    }

    [Fact]
    public async Task A_kernel_whose_port_somebody_else_took_first_is_started_again_on_other_ports()
    {
        using var somebodyElse = new TcpListener(IPAddress.Loopback, 0);
        somebodyElse.Start();
        var chosen = new List<ConnectionInfo>();
        var options = Options with
        {
            CreateConnection = name =>
            {
                var connection = ConnectionInfo.CreateLocal(name);
                chosen.Add(chosen.Count > 0 ? connection : connection with { StdinPort = ((IPEndPoint)somebodyElse.LocalEndpoint).Port });
                return chosen[^1];
            },
        };

        await using var kernel = await StartAsync(options: options);

        Assert.Equal("hello", await PrintedAsync(kernel, "print hello"));
        Assert.Equal(2, chosen.Count);
        Assert.Single(Directory.EnumerateFiles(Options.RuntimeDirectory!));
    }

    [Fact]
    public async Task A_kernel_that_never_answers_is_given_up_and_quoted()
    {
        var error = await Assert.ThrowsAsync<JupyterProtocolException>(
            () => StartAsync(ScriptedKernelSpec.Create("message", "--never-answers"), Options with { StartTimeout = TimeSpan.FromSeconds(2) }));

        Assert.Contains("did not answer within 2 seconds. It wrote: I am here, but I do not talk.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_ends_the_process()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromSeconds(0.3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => KernelProcess.StartAsync(Installed(ScriptedKernelSpec.Create("message", "--never-answers")), Options, stop.Token));

        Assert.Empty(Directory.EnumerateFiles(Options.RuntimeDirectory!));
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_named_with_its_spec()
    {
        var error = await Assert.ThrowsAsync<JupyterProtocolException>(() => StartAsync(ScriptedKernelSpec.Create() with { Argv = ["no-such-program", "{connection_file}"] }));

        Assert.Contains("'no-such-program'", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, "kernel.json"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("signal")]
    public async Task A_running_cell_is_interrupted_in_the_way_of_the_spec_and_the_kernel_lives_on(string mode)
    {
        Assert.SkipWhen(mode == "signal" && ScriptedKernelSpec.WhyNoSignals is not null, ScriptedKernelSpec.WhyNoSignals ?? "");
        await using var kernel = await StartAsync(ScriptedKernelSpec.Create(mode));
        var running = await BeginAsync(kernel, "print begun\nwait");

        await kernel.InterruptAsync(Token);

        Assert.Equal("Interrupted", (await running).Content["ename"]!.GetValue<string>());
        Assert.Equal("on", await PrintedAsync(kernel, "print on"));
    }

    [Fact]
    public async Task Waiting_for_a_kernel_that_dies_ends_with_its_exit_code_and_last_words()
    {
        await using var kernel = await StartAsync();

        var error = await Assert.ThrowsAsync<KernelDiedException>(() => kernel.WithExitAsync(kernel.Client.ExecuteAsync("die 7 out of memory", cancellationToken: Token)));

        Assert.Equal((7, "out of memory"), (error.ExitCode, error.LastWords));
        Assert.Equal("The kernel 'scripted' died with exit code 7. Its last words: out of memory", error.Message);
    }

    [Fact]
    public async Task Last_words_are_the_first_and_the_last_since_they_were_forgotten()
    {
        await using var kernel = await StartAsync();
        await PrintedAsync(kernel, "mumble old news");
        await UntilAsync(() => kernel.LastWords == "old news");
        kernel.ForgetWords();

        await PrintedAsync(kernel, string.Join('\n', Enumerable.Range(1, 30).Select(i => $"mumble line {i}")));
        await UntilAsync(() => kernel.LastWords.EndsWith("line 30", StringComparison.Ordinal));

        var lines = kernel.LastWords.Split(Environment.NewLine);
        Assert.Equal(["line 1", "line 8", "…", "line 20", "line 30"], new[] { 0, 7, 8, 9, 19 }.Select(i => lines[i]));
        Assert.Equal(20, lines.Length);
    }

    [Fact]
    public async Task A_death_is_noticed_although_something_that_the_kernel_started_lives_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell of this test is not there.");
        // The background process inherits the pipe that the kernel's words are read from.
        var spec = ScriptedKernelSpec.Create();
        await using var kernel = await StartAsync(spec with { Argv = ["/bin/sh", "-c", "sleep 30 & exec \"$0\" \"$1\"", .. spec.Argv] });

        _ = kernel.Client.ExecuteAsync("die 5 gone", cancellationToken: Token);

        Assert.Equal(5, await kernel.Exited.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Theory]
    [InlineData(TransportEncryption.Disabled, "\"curve\"", false)]
    [InlineData(TransportEncryption.Auto, "\"curve\"", true)]
    [InlineData(TransportEncryption.Auto, "[\"Curve \"]", true)]
    [InlineData(TransportEncryption.Auto, "\"none\"", false)]
    [InlineData(TransportEncryption.Auto, "true", false)]
    [InlineData(TransportEncryption.Auto, "null", false)]
    [InlineData(TransportEncryption.Required, "\"curve\"", true)]
    public async Task The_connection_is_encrypted_as_the_policy_and_the_kernelspec_say(TransportEncryption policy, string supported, bool expected)
    {
        await using var kernel = await StartAsync(CanEncrypt(supported), Options with { Encryption = policy });

        Assert.Equal("hello", await PrintedAsync(kernel, "print hello"));
        Assert.Equal(expected, ConnectionInfo.Load(Assert.Single(Directory.EnumerateFiles(Options.RuntimeDirectory!))).CurvePublicKey is not null);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_kernel_that_cannot_encrypt_is_not_started_where_that_is_required(string supported)
    {
        var error = await Assert.ThrowsAsync<JupyterProtocolException>(() => StartAsync(CanEncrypt(supported), Options with { Encryption = TransportEncryption.Required }));

        Assert.Contains("supported_encryption", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Options.RuntimeDirectory));
    }

    [Fact]
    public async Task A_kernel_knows_the_process_that_it_must_not_outlive()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows hands over a handle instead, which this client does not.");
        await using var kernel = await StartAsync();

        Assert.Equal(Environment.ProcessId == 1 ? "unset" : $"{Environment.ProcessId}", await PrintedAsync(kernel, $"variable {KernelProcess.ParentVariable}"));
    }

    [Fact]
    public async Task A_kernel_that_does_not_shut_down_when_asked_is_ended()
    {
        await using var kernel = await StartAsync();
        var running = await BeginAsync(kernel, "deafen\nprint begun\nhang");
        // Requests are taken one after the other, and this one is never answered.
        _ = kernel.Client.InterruptAsync(Token);

        await kernel.ShutdownAsync(TimeSpan.FromSeconds(0.5));

        Assert.NotEqual(0, await kernel.Exited.WaitAsync(TimeSpan.FromSeconds(10), Token));
        Assert.False(running.IsCompleted);
    }

    private static KernelSpec CanEncrypt(string supported) => ScriptedKernelSpec.Create() with { Metadata = new JsonObject { ["supported_encryption"] = JsonNode.Parse(supported) } };

    private InstalledKernelSpec Installed(KernelSpec spec) => new(ScriptedKernelSpec.Name, _folder, spec);

    private Task<KernelProcess> StartAsync(KernelSpec? spec = null, KernelStartOptions? options = null) =>
        KernelProcess.StartAsync(Installed(spec ?? ScriptedKernelSpec.Create()), options ?? Options, Token);

    /// <summary>Sends a cell and waits until it prints something.</summary>
    private static async Task<Task<Message>> BeginAsync(KernelProcess kernel, string code)
    {
        var begun = new TaskCompletionSource();
        var running = kernel.Client.ExecuteAsync(code, message =>
        {
            if (message.MessageType == "stream") begun.TrySetResult();
        }, cancellationToken: Token);
        await begun.Task.WaitAsync(Token);
        return running;
    }

    private static async Task<string> PrintedAsync(KernelProcess kernel, string code)
    {
        var printed = new List<Message>();
        await kernel.Client.ExecuteAsync(code, printed.Add, cancellationToken: Token);
        return string.Concat(printed.Where(message => message.MessageType == "stream").Select(message => message.Content["text"]!.GetValue<string>()));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(10, Token);
    }
}
