using System.Collections;
using System.Globalization;
using CSharpKernel.Execution;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Hosting;

/// <summary>What a notebook finds in its process, and may change: current directory, environment variables, cultures, the console. It is put back at the end.</summary>
internal sealed class ProcessState : IDisposable
{
    private readonly string _folder = Environment.CurrentDirectory;
    private readonly Dictionary<string, string?> _variables = Variables();
    private readonly (CultureInfo?, CultureInfo?) _cultures = (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture);
    private readonly int _exitCode = Environment.ExitCode;
    private readonly IDisposable _console = ConsoleRouter.InstallForNow();

    private ProcessState()
    {
    }

    /// <summary>Makes this process what one that is started for a kernel would be.</summary>
    /// <param name="options">How it would be started.</param>
    /// <param name="spec">Its kernelspec.</param>
    public static ProcessState Enter(KernelStartOptions options, KernelSpec spec)
    {
        var state = new ProcessState();
        try
        {
            foreach (var (name, value) in spec.Environment)
                Environment.SetEnvironmentVariable(name, value);
            foreach (var (name, value) in options.Environment)
                Set(name, value);
            if (options.WorkingDirectory is { } folder)
                Environment.CurrentDirectory = folder;
            (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
            return state;
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _console.Dispose();
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = _cultures;
        Environment.ExitCode = _exitCode;
        Environment.CurrentDirectory = _folder;
        foreach (var name in Variables().Keys.Except(_variables.Keys))
            Environment.SetEnvironmentVariable(name, null);
        foreach (var (name, value) in _variables)
            Set(name, value);
    }

    // A variable that is there and empty is not one that is not there.
    private static void Set(string name, string? value)
    {
        if (Environment.GetEnvironmentVariable(name) != value)
            Environment.SetEnvironmentVariable(name, value);
    }

    private static Dictionary<string, string?> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value);
}
