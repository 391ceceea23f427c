using JupyterProtocol.Processes;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Parameters;
using NotebookTestRunner.Selection;

namespace NotebookTestRunner;

/// <summary>How a notebook is run and judged.</summary>
public sealed record RunOptions
{
    /// <summary>The name of the kernelspec to use instead of the one the notebook names (<c>metadata.kernelspec.name</c>).</summary>
    public string? KernelName { get; init; }

    /// <summary>
    /// Folders that hold kernelspecs (each a folder <c>kernels</c> with one folder per kernel, as under Jupyter's data folder),
    /// searched before Jupyter's own places.
    /// </summary>
    public IReadOnlyList<string> KernelSpecDirectories { get; init; } = [];

    /// <summary>The kernel's working directory; by default the notebook's own folder, as in Jupyter.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables the kernel gets beside this process's own.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the kernel's connection file is written while it runs; by default the system's folder for temporary files.</summary>
    public string? RuntimeDirectory { get; init; }

    /// <summary>
    /// Where the kernel runs; null, the default, for a process of its own, as in Jupyter. A host in this process lets a debugger step from a cell into
    /// the code it calls; a cell that takes its process down then takes the runner along.
    /// </summary>
    public IKernelHost? Host { get; init; }

    /// <summary>Whether the connection to the kernel is encrypted; <see cref="TransportEncryption.Disabled"/> by default, as in Jupyter.</summary>
    public TransportEncryption Encryption { get; init; }

    /// <summary>Which cells are judged; null, the default, for all.</summary>
    public CellSelection? Selection { get; init; }

    /// <summary>Values for variables of the notebook by their names, set after its cell tagged <c>parameters</c>; none by default. See <see cref="NotebookParameters"/>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The cells beside the selected ones that are executed, by their numbers; null for all that stand before one.</summary>
    internal IReadOnlySet<int>? Needed { get; init; }

    /// <summary>A kernel that was started ahead for this run; it is used unless it ended in the meantime.</summary>
    internal Task<Execution.KernelSession?>? WarmKernel { get; init; }

    /// <summary>
    /// How long a cell may run unless it says otherwise (<c>// test: timeout SECONDS</c>); by default what the settings say
    /// (<c>timeout</c>), else 120 seconds.
    /// </summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>How long the kernel may take from its start to its first answer; 60 seconds by default.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the whole notebook may take; no limit by default.</summary>
    public TimeSpan? NotebookTimeout { get; init; }

    /// <summary>How long a cell that was interrupted at its limit may take to give in before the kernel is killed; 10 seconds by default.</summary>
    public TimeSpan InterruptGracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many characters a cell may show, pictures as base64 included; 20 million by default. What comes after them is dropped, and the cell fails.</summary>
    public long OutputLimit { get; init; } = 20_000_000;

    /// <summary>How much is compared with what is stored; by default what the settings say (<c>mode</c>), else <see cref="ComparisonMode.Normal"/>.</summary>
    public ComparisonMode? Mode { get; init; }

    /// <summary>
    /// Whether the outputs of this run are written back to the notebook instead of being judged against the stored ones. The file
    /// is written only when no cell failed; outputs that differ only in what the normalizers remove are left as stored.
    /// </summary>
    public bool Update { get; init; }

    /// <summary>
    /// Whether cells after a failed one are executed. False by default: cells build on the ones before, so what follows an
    /// error is <see cref="Verdict.NotRun"/>. A mere difference in outputs never stops the notebook.
    /// </summary>
    public bool ContinueAfterError { get; init; }

    /// <summary>
    /// How far numbers in outputs may be apart; by default what the settings say (<c>tolerance</c>), else not at all. A cell may
    /// set its own (<c>// test: tolerance 0.02</c>).
    /// </summary>
    public NumberTolerance? Tolerance { get; init; }

    /// <summary>
    /// How alike pictures must be, 0 to 1; by default what the settings say (<c>similarity</c>), else
    /// <see cref="ComparisonOptions.DefaultSimilarity"/>. A cell may set its own (<c>// test: similarity 0.8</c>).
    /// </summary>
    public double? Similarity { get; init; }

    /// <summary>
    /// What is masked on both sides before outputs are compared; <see cref="Normalizer.Defaults"/> by default. Settings and cells
    /// turn single ones on and off by their names, and define others.
    /// </summary>
    public IReadOnlyList<Normalizer> Normalizers { get; init; } = Normalizer.Defaults;

    /// <summary>What judges a notebook beside the comparison of its outputs; <see cref="NotebookChecks.Default"/> by default.</summary>
    public IReadOnlyList<INotebookCheck> Checks { get; init; } = NotebookChecks.Default;
}
