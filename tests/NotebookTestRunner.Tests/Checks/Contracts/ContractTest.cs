using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Contracts;
using NotebookTestRunner.Tests.Execution;

namespace NotebookTestRunner.Tests.Checks.Contracts;

/// <summary>
/// For tests of contracts: a notebook in a working folder of its own, inside a folder that is looked at as well, with a home of its own. What a
/// cell does is done by the test while the cell runs.
/// </summary>
public abstract class ContractTest : RunningTest
{
    /// <param name="isHosted">Whether the kernel may live in the tests' process.</param>
    protected ContractTest(bool isHosted = true) : base(isHosted)
    {
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(Home);
    }

    protected string Work => Folder.File("work");

    /// <summary>How long a promise must stay broken.</summary>
    private protected TimeSpan Patience { get; set; } = ContractCheck.UsualPatience;

    /// <summary>How many entries of a folder are looked at.</summary>
    private protected int MostEntries { get; set; } = 200_000;

    protected string Home => Folder.File("home");

    private protected RunOptions Checked => Options with
    {
        Checks = [new ContractCheck { Patience = Patience, MostEntries = MostEntries }],
        Mode = ComparisonMode.Lax,
        WorkingDirectory = Work,
        EnvironmentVariables = new Dictionary<string, string> { ["HOME"] = Home, ["MLFLOW_TRACKING_URI"] = "" },
    };

    /// <summary>Judges one cell, <c>print one</c>, by what its contract says (YAML, as below <c>cells: 1:</c>).</summary>
    private protected async Task<IReadOnlyList<string>> JudgeAsync(string terms, Action effect) => Messages(await RunAsync($"cells:\n  1:\n{Indented(terms, 4)}", effect, "print one"));

    /// <summary>Runs a notebook with a contract beside it; the effect is that of its first cell.</summary>
    private protected Task<NotebookResult> RunAsync(string contract, Action effect, params TestCell[] cells)
    {
        var path = Folder.Write("lesson.ipynb", TestNotebook.Json(ScriptedKernel.ScriptedKernelSpec.Name, cells));
        Folder.Write("lesson.contract.yml", contract);
        return RunAsync(Checked with { Checks = [.. Checked.Checks, Effect(effect)] }, path, Token);
    }

    private protected static RecordingCheck Effect(Action effect)
    {
        var isDone = false;
        return new RecordingCheck
        {
            At = call =>
            {
                if (!isDone && call.StartsWith("before", StringComparison.Ordinal))
                {
                    isDone = true;
                    effect();
                }
                return Task.FromResult<IReadOnlyList<Finding>>([]);
            },
        };
    }

    private protected static IReadOnlyList<string> Messages(NotebookResult result) => [.. result.Cells.SelectMany(cell => cell.Findings).Concat(result.Findings).Select(finding => finding.Message)];

    private protected void WriteFile(string name, string text = "text")
    {
        var path = Path.Combine(Work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private protected static string Indented(string text, int by) => string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
