namespace NotebookTestRunner.Checks;

/// <summary>Judges a notebook by something else than the comparison of its outputs. One check serves any number of notebooks, also at the same time.</summary>
public interface INotebookCheck
{
    /// <summary>Its name in findings and settings: lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>Begins with a notebook: after its kernel has started, before its first cell is executed.</summary>
    /// <param name="context">The notebook, and its kernel seen from outside.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What is told of the run from now on; null when the check has nothing to do with this notebook.</returns>
    /// <exception cref="NotebookRunException">What the notebook says for this check is not understood: the notebook is not run.</exception>
    Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken);
}
