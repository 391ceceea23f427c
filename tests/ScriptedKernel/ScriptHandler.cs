using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using JupyterProtocol.Server;

namespace ScriptedKernel;

/// <summary>
/// A language of one command a line: a word and its argument. Lines that begin with <c>#</c> are comments, <c>\n</c> and the
/// like stand for what they mean.
/// </summary>
/// <param name="exit">Ends the kernel with an exit code; by default its process.</param>
internal sealed class ScriptHandler(Action<int>? exit = null) : IKernelHandler
{
    private readonly List<Action> atNextCell = [];
    private readonly List<TcpListener> servers = [];
    private readonly List<Process> children = [];
    private TaskCompletionSource interrupted = new();
    private readonly Dictionary<string, string> variables = [];
    private readonly Dictionary<string, string> onComm = [];
    private int executionCount;
    private bool deaf;

    public void Interrupt() => interrupted.TrySetResult();

    public async Task<JsonObject?> HandleAsync(KernelRequest request, CancellationToken cancellationToken)
    {
        switch (request.MessageType)
        {
            case "kernel_info_request":
                return new JsonObject { ["status"] = "ok", ["implementation"] = "scripted" };
            case "shutdown_request":
                return new JsonObject { ["status"] = "ok", ["restart"] = false };
            case "interrupt_request":
                if (deaf) await Task.Delay(Timeout.Infinite, cancellationToken);
                Interrupt();
                return new JsonObject { ["status"] = "ok" };
            case "execute_request":
                return await ExecuteAsync(request, cancellationToken);
            case "comm_msg":
                var comm = request.Content["comm_id"]!.GetValue<string>();
                variables[comm] = request.Content["data"]!.ToJsonString();
                if (onComm.GetValueOrDefault(comm)?.Split(' ', 2) is [var reaction, var what]) await RunAsync(request, reaction, what, cancellationToken);
                return null;
            default:
                return null;
        }
    }

    private async Task<JsonObject> ExecuteAsync(KernelRequest request, CancellationToken cancellationToken)
    {
        executionCount++;
        interrupted = new TaskCompletionSource();
        atNextCell.ForEach(action => action());
        atNextCell.Clear();
        foreach (var line in request.Content["code"]!.GetValue<string>().Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            var (command, argument) = line.Split(' ', 2) is [var first, var rest] ? (first, Unescape(rest)) : (line, "");
            if (await RunAsync(request, command, argument, cancellationToken) is { } end)
            {
                end["execution_count"] = executionCount;
                return end;
            }
        }
        return new JsonObject { ["status"] = "ok", ["execution_count"] = executionCount };
    }

    /// <summary>Runs one command; a reply ends the cell.</summary>
    private async Task<JsonObject?> RunAsync(KernelRequest request, string command, string argument, CancellationToken cancellationToken)
    {
        var (name, text) = argument.Split(' ', 2) is [var first, var rest] ? (first, rest) : (argument, "");
        switch (command)
        {
            case "print":
                request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = argument });
                return null;
            case "complain":
                request.Publish("stream", new JsonObject { ["name"] = "stderr", ["text"] = argument });
                return null;
            case "print-later":
                atNextCell.Add(() => request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = argument }));
                return null;
            case "result":
                request.Publish("execute_result", Bundle("text/plain", argument, new JsonObject { ["execution_count"] = executionCount }));
                return null;
            case "get":
                if (!variables.TryGetValue(argument, out var variable)) return Fail(request, "NameError", $"there is no variable '{argument}'");
                request.Publish("execute_result", Bundle("text/plain", variable, new JsonObject { ["execution_count"] = executionCount }));
                return null;
            case "display":
                request.Publish("display_data", Bundle(name, text, []));
                return null;
            case "show":
                request.Publish("display_data", Bundle("text/plain", text, Named(name)));
                return null;
            case "update":
                request.Publish("update_display_data", Bundle("text/plain", text, Named(name)));
                return null;
            case "clear":
                request.Publish("clear_output", new JsonObject { ["wait"] = argument == "wait" });
                return null;
            case "variable":
                request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = Environment.GetEnvironmentVariable(argument) ?? "unset" });
                return null;
            case "let":
                variables[name] = text;
                return null;
            case "when" when text.Split(' ', 3) is [var value, var then, var rest2]:
                return variables.GetValueOrDefault(name, "none") == value ? await RunAsync(request, then, rest2, cancellationToken) : null;
            case "say":
                request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = variables.GetValueOrDefault(argument, "none") });
                return null;
            case "widget":
                request.Publish("comm_open", new JsonObject { ["comm_id"] = name, ["target_name"] = "jupyter.widget", ["data"] = new JsonObject { ["state"] = JsonNode.Parse(text) } });
                return null;
            case "change":
                request.Publish("comm_msg", new JsonObject { ["comm_id"] = name, ["data"] = new JsonObject { ["method"] = "update", ["state"] = JsonNode.Parse(text) } });
                return null;
            case "on":
                onComm[name] = text;
                return null;
            case "pid":
                request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = $"process {Environment.ProcessId}" });
                return null;
            case "folder":
                request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = Environment.CurrentDirectory });
                return null;
            case "create-file":
                await File.WriteAllTextAsync(argument, "", cancellationToken);
                return null;
            case "await-file":
                await ScriptedFiles.WaitForAsync(argument, cancellationToken);
                return null;
            case "ask":
                request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = await request.InputAsync(argument, password: false, cancellationToken) });
                return null;
            case "listen":
                servers.Add(new TcpListener(IPAddress.Loopback, 0));
                servers[^1].Start();
                return null;
            case "close":
                servers.ForEach(server => server.Stop());
                servers.Clear();
                return null;
            case "spawn":
                children.Add(Process.Start(Environment.ProcessPath!, ["--lingers"]));
                return null;
            case "spawn-orphan":
                using (var shell = Process.Start("/bin/sh", ["-c", $"'{Environment.ProcessPath}' --lingers > /dev/null 2>&1 &"])) await shell.WaitForExitAsync(cancellationToken);
                return null;
            case "end-spawned":
                foreach (var child in children)
                {
                    child.Kill();
                    await child.WaitForExitAsync(cancellationToken);
                }
                children.Clear();
                return null;
            case "fail":
                return Fail(request, name, text, $"\u001b[31m{name}\u001b[0m: {text}", "  at line 1");
            case "wait":
                await interrupted.Task.WaitAsync(cancellationToken);
                return Fail(request, "Interrupted", "somebody lost patience");
            case "wait-in":
                await interrupted.Task.WaitAsync(cancellationToken);
                return Fail(request, "Interrupted", "somebody lost patience", $"  at {argument}");
            case "flood":
                for (var left = long.Parse(argument, System.Globalization.CultureInfo.InvariantCulture); left > 0; left -= 1000)
                    request.Publish("stream", new JsonObject { ["name"] = "stdout", ["text"] = new string('x', 1000) });
                return null;
            case "flood-stderr":
                for (var left = long.Parse(argument, System.Globalization.CultureInfo.InvariantCulture); left > 0; left -= 10_000)
                    await Console.Error.WriteAsync(new string('x', 10_000).AsMemory(), cancellationToken);
                await Console.Error.WriteLineAsync();
                return null;
            case "allocate":
                var memory = new byte[int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture) * 1_000_000];
                Array.Fill(memory, (byte)1);
                GC.KeepAlive(memory);
                return null;
            case "deafen":
                deaf = true;
                return null;
            case "hang":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return null;
            case "die-when-interrupted":
                await interrupted.Task.WaitAsync(cancellationToken);
                Exit(9);
                return null;
            case "mumble":
                await Console.Error.WriteLineAsync(argument);
                return null;
            case "die":
                await Console.Error.WriteLineAsync(text);
                Exit(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
                return null;
            case "abort":
                return new JsonObject { ["status"] = "aborted" };
            default:
                return Fail(request, "SyntaxError", $"there is no command '{command}'");
        }
    }

    private void Exit(int code) => (exit ?? Environment.Exit)(code);

    private static JsonObject Fail(KernelRequest request, string name, string message, params string[] traceback)
    {
        JsonObject Content() => new() { ["ename"] = name, ["evalue"] = message, ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]) };
        request.Publish("error", Content());
        var reply = Content();
        reply["status"] = "error";
        return reply;
    }

    private static JsonObject Named(string displayId) => new() { ["transient"] = new JsonObject { ["display_id"] = displayId } };

    private static JsonObject Bundle(string mimeType, string content, JsonObject message)
    {
        message["data"] = new JsonObject { [mimeType] = mimeType.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(content) : content };
        message["metadata"] = new JsonObject();
        return message;
    }

    private static string Unescape(string text) => System.Text.RegularExpressions.Regex.Unescape(text);
}
