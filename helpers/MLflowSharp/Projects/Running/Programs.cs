using System.Diagnostics;
using MLflowSharp.Values;

namespace MLflowSharp.Projects.Running;

/// <summary>Other programs: whether they are there, and what they say.</summary>
internal static class Programs
{
    /// <summary>Full path of a program on PATH; null when it is not there.</summary>
    public static string? Find(string name) => ProgramPath.Find(name, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the program is not there.</exception>
    public static async Task<ProgramResult> RunAsync(string name, IEnumerable<string> arguments, string? folder = null, CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(Find(name) ?? throw MlflowException.Missing($"The program '{name}' is needed, and it is not on PATH. Install it, or load its module."), arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["GIT_TERMINAL_PROMPT"] = "0", ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProgramResult(process.ExitCode, await output, await error);
    }
}
