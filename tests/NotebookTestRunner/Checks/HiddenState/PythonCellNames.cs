using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>Reads the names of Python cells with the parser of the Python that their kernel runs on; nothing of them is executed.</summary>
internal sealed class PythonCellNames(string kernelName, IReadOnlyList<string> kernelSpecDirectories) : ICellNamesReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly HashSet<string> known = [];

    public bool IsCertainlyOfCells(string name) => !known.Contains(name);

    public async Task<IReadOnlyList<CellNames>> ReadAsync(IReadOnlyList<NotebookCell> cells, CancellationToken cancellationToken)
    {
        var sources = new JsonArray([.. cells.Select(cell => (JsonNode)cell.Source)]).ToJsonString();
        var answer = JsonNode.Parse(await AskAsync(sources, cancellationToken))!;
        known.UnionWith(Names(answer["known"]));
        var read = answer["cells"]!.AsArray();
        // A function of a module that is called for its effect does not change the module.
        var modules = read.SelectMany(names => Names(names!["imports"])).ToHashSet();
        return [.. cells.Zip(read, (cell, names) => new CellNames(
            cell.Number, Names(names!["defines"]), Names(names["uses"]), Names(names["later"]), names["open"]!.GetValue<bool>())
        {
            Changes = Names(names["changes"]).Except(modules).ToHashSet(),
        })];
    }

    private static HashSet<string> Names(JsonNode? node) => [.. node!.AsArray().Select(name => name!.GetValue<string>())];

    private async Task<string> AskAsync(string sources, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var python = new KernelSpecStore(kernelSpecDirectories).Find(kernelName).Executable;
            using var process = Process.Start(new ProcessStartInfo(python, ["-I", "-c", Script.Value])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new System.Text.UTF8Encoding(false),
                StandardOutputEncoding = new System.Text.UTF8Encoding(false),
                Environment = { ["PYTHONUTF8"] = "1" },
            })!;
            var (answer, complaint) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(sources.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await answer : throw new NotebookRunException($"{python} could not read the cells: {(await complaint).Trim()}");
        }
        catch (Exception error) when (error is JupyterProtocolException or Win32Exception or IOException or JsonException)
        {
            throw new NotebookRunException($"The names of the cells cannot be read without the Python of the kernel '{kernelName}': {error.Message}", error);
        }
    }

    private static class Script
    {
        public static readonly string Value = Read();

        private static string Read()
        {
            using var stream = typeof(Script).Assembly.GetManifestResourceStream("NotebookTestRunner.Checks.HiddenState.cell_names.py")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
