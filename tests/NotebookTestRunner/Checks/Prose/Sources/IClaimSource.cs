namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>Where the truth about a claim is found.</summary>
internal interface IClaimSource
{
    /// <summary>Whether it can be asked only of a notebook that is executed.</summary>
    bool NeedsRun { get; }

    /// <summary>Finds the truth.</summary>
    /// <param name="scene">What there is to look at.</param>
    /// <param name="subject">The text that is bound.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken);
}
