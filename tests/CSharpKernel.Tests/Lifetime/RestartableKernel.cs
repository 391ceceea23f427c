using System.Diagnostics;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;

namespace CSharpKernel.Tests.Lifetime;

/// <summary>A kernel's process that can be started again with the connection file it had, as Jupyter does after a death.</summary>
internal sealed class RestartableKernel : IDisposable
{
    private readonly List<Message> _published = [];

    private readonly (string Name, string Value)? _environment;

    private RestartableKernel(string folder, (string Name, string Value)? environment)
    {
        _environment = environment;
        ConnectionFile = Path.Combine(folder, $"kernel-{Guid.NewGuid():N}.json");
        Connection = ConnectionInfo.CreateLocal();
        Connection.Save(ConnectionFile);
        Client = new KernelClient(Connection);
        Client.Published += message =>
        {
            lock (_published)
                _published.Add(message);
        };
        Process = Start();
    }

    public string ConnectionFile { get; }

    public ConnectionInfo Connection { get; }

    public KernelClient Client { get; }

    public Process Process { get; private set; }

    /// <summary>What was published so far.</summary>
    public IReadOnlyList<Message> Published
    {
        get
        {
            lock (_published)
                return [.. _published];
        }
    }

    public static async Task<RestartableKernel> StartAsync(string? folder = null, (string Name, string Value)? environment = null)
    {
        var kernel = new RestartableKernel(folder ?? Path.GetTempPath(), environment);
        await kernel.Client.WaitForReadyAsync(TestContext.Current.CancellationToken);
        return kernel;
    }

    public async Task RestartAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Process.Dispose();
        Process = Start();
        await Client.WaitForReadyAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a cell; its outputs are those of <see cref="Texts"/>.</summary>
    public async Task<Message> RunAsync(string code)
    {
        // A process that died answers nothing.
        var running = Client.ExecuteAsync(code, cancellationToken: TestContext.Current.CancellationToken);
        return await running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    /// <summary>The texts of a stream that belong to a request.</summary>
    public string Texts(string stream, Message reply) => string.Concat(Published
        .Where(message => message.MessageType == "stream" && message.ParentHeader?.MessageId == reply.ParentHeader!.MessageId && message.Content["name"]!.GetValue<string>() == stream)
        .Select(message => message.Content["text"]!.GetValue<string>()));

    /// <summary>Waits for a message on iopub.</summary>
    public async Task<Message> WaitForAsync(Func<Message, bool> isMeant)
    {
        var found = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Message message)
        {
            if (isMeant(message))
                found.TrySetResult(message);
        }

        Client.Published += Look;
        try
        {
            return Published.FirstOrDefault(isMeant) ?? await found.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        finally
        {
            Client.Published -= Look;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        File.Delete(ConnectionFile);
        File.Delete(ConnectionFile + ".running");
    }

    private Process Start()
    {
        var spec = KernelSpecInstaller.Create();
        var start = new ProcessStartInfo(spec.Argv[0], [.. spec.Argv.Skip(1).Select(argument => argument.Replace("{connection_file}", ConnectionFile, StringComparison.Ordinal))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_environment is { } environment)
            start.Environment[environment.Name] = environment.Value;
        var process = Process.Start(start)!;
        // Read, so that it is never full.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
