using NotebookTestRunner.Events;

namespace NotebookTestRunner.Audits;

/// <summary>Passes on the steps of a run that is a part of a larger one, save its verdicts, which are not the last word.</summary>
/// <param name="progress">Whom to tell; null for nobody.</param>
/// <param name="isFirst">Whether the notebook's beginning is to be told.</param>
internal sealed class InnerProgress(IProgress<RunEvent>? progress, bool isFirst) : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
        if (value is CellFinished or NotebookFinished || (value is NotebookStarted && !isFirst)) return;
        progress?.Report(value);
    }
}
