using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>What only the kernel itself knows: its environment variables and working folder, asked in its language.</summary>
/// <param name="Folder">The working folder.</param>
/// <param name="Variables">The environment variables.</param>
internal sealed record KernelState(string Folder, IReadOnlyDictionary<string, string> Variables)
{
    private const string CSharp =
        "System.Text.Json.JsonSerializer.Serialize(new { folder = System.Environment.CurrentDirectory, variables = System.Linq.Enumerable.ToDictionary("
        + "System.Linq.Enumerable.Cast<System.Collections.DictionaryEntry>(System.Environment.GetEnvironmentVariables()), entry => (string)entry.Key, entry => (string?)entry.Value ?? \"\") })";

    private const string Python = "print(__import__('json').dumps({'folder': __import__('os').getcwd(), 'variables': dict(__import__('os').environ)}))";

    /// <summary>Asks the kernel.</summary>
    /// <exception cref="NotebookRunException">Its language is not known here, or it does not answer as expected.</exception>
    public static async Task<KernelState> ReadAsync(IRunningKernel kernel, CancellationToken cancellationToken)
    {
        var code = kernel.Language.ToUpperInvariant() switch
        {
            "C#" or "CSHARP" => CSharp,
            "PYTHON" => Python,
            var other => throw new NotebookRunException(
                $"The contract wants environment or working-folder unchanged, and a kernel for \"{other}\" cannot be asked about them: only C# and Python kernels can. Take these lines out of the contract."),
        };
        var answer = await kernel.EvaluateAsync(code, cancellationToken);
        try
        {
            if (answer.Text is { } text && JsonNode.Parse(text.Trim()) is JsonObject state && state["folder"]?.GetValue<string>() is { } folder && state["variables"] is JsonObject variables)
                return new(folder, variables.ToDictionary(variable => variable.Key, variable => variable.Value?.GetValue<string>() ?? ""));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new NotebookRunException($"The kernel was asked for its environment and answered what is not understood: {error.Message}", error);
        }
        throw new NotebookRunException($"The kernel was asked for its environment and did not answer{(answer.Error is { } failure ? $": {failure.Name}: {failure.Value}" : ".")}");
    }

    /// <summary>The names of variables that are different in a later state, and how. Values are not told: they may be secret.</summary>
    public IEnumerable<string> ChangesTo(KernelState later) =>
        Variables.Keys.Union(later.Variables.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Variables.TryGetValue(name, out var before), later.Variables.TryGetValue(name, out var now)) switch
            {
                (false, true) => $"{name} was set",
                (true, false) => $"{name} was removed",
                _ => before == now ? null : $"{name} was changed",
            })
            .OfType<string>();
}
