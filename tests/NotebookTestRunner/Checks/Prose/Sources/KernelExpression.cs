namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>An expression in the notebook's own language.</summary>
internal sealed record KernelExpression(string Code) : IClaimSource
{
    // A claim asks for what is computed already.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public bool NeedsRun => true;

    public async Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken)
    {
        if (scene.Context.Kernel is not { } kernel) return ClaimAnswer.Not("There is no kernel to ask.");
        var most = scene.Context.Options.CellTimeout ?? Patience;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = new CancellationTokenSource(most, scene.Context.Time);
        using var link = limit.Token.Register(patience.Cancel);
        Evaluation evaluation;
        try
        {
            evaluation = await kernel.EvaluateAsync(CodeFor(kernel.Language), patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ClaimAnswer.Not($"The kernel did not answer within {most.TotalSeconds:0.###} s: bind the text to a value that a cell has computed.");
        }
        return evaluation switch
        {
            { Error: { } error } => ClaimAnswer.Not($"Asked for {Code}, the kernel answers with {error.Name}: {error.Value} Name something that is defined at this point, or say \"after cell …\" or \"at end\"."),
            { Text: { } text } => ClaimAnswer.Of(text.Trim()),
            _ => ClaimAnswer.Not($"Asked for {Code}, the kernel shows nothing: write an expression that has a value."),
        };
    }

    // Python shows a text in quotes and a number of numpy with its type, and remembers what it showed last; print does neither.
    private string CodeFor(string language) => language.Equals("python", StringComparison.OrdinalIgnoreCase) ? $"print({Code})" : Code;
}
