using System.Diagnostics;
using System.Globalization;
using System.Text;
using JupyterProtocol;

namespace CSharpKernel.Magics;

/// <summary><c>#!sh</c>: runs the lines below it in the system's shell, in the notebook's folder.</summary>
internal sealed class ShellMagic : Magic
{
    private const int BufferSize = 4096;

    public override IReadOnlyList<string> Names => ["sh", "bash"];

    public override string Description => "Runs the lines below it in the system's shell (PowerShell on Windows)";

    public override bool TakesText => true;

    public override async Task RunAsync(MagicCall call)
    {
        if (call.Text.Trim().Length == 0)
            return;
        var (shell, arguments) = Platform.Current.Shell(call.Text, File.Exists);
        using var process = Process.Start(new ProcessStartInfo(shell, arguments)
        {
            WorkingDirectory = call.Engine.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        try
        {
            // Nobody can answer it; a command that asks gets the end of its input.
            process.StandardInput.Close();
            await Task.WhenAll(CopyAsync(process.StandardOutput, "stdout", call), CopyAsync(process.StandardError, "stderr", call));
            await process.WaitForExitAsync(call.Cell.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
            throw new MagicException(string.Create(CultureInfo.InvariantCulture, $"The shell ended with exit code {process.ExitCode}."));
    }

    // As it comes, not by lines: progress bars have none.
    private static async Task CopyAsync(StreamReader reader, string stream, MagicCall call)
    {
        var buffer = new char[BufferSize];
        while (await reader.ReadAsync(buffer, call.Cell.CancellationToken) is var count and > 0)
            call.Cell.Write(stream, buffer.AsSpan(0, count));
    }
}
