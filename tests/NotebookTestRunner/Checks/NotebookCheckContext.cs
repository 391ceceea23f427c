using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Settings;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Checks;

/// <summary>What a check may know of the notebook it judges.</summary>
public sealed record NotebookCheckContext
{
    /// <summary>The notebook as it was read.</summary>
    public required Notebook Notebook { get; init; }

    /// <summary>What is set for it, by files in its folder and above and in its metadata; a check reads its own section.</summary>
    public required NotebookSettings Settings { get; init; }

    /// <summary>Its full path.</summary>
    public required string Path { get; init; }

    /// <summary>The folder its cells run in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>How it is run.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Its kernel; null when nothing is executed.</summary>
    public IRunningKernel? Kernel { get; init; }

    /// <summary>The kernel's widgets.</summary>
    internal WidgetModels Widgets { get; init; } = new();
}
