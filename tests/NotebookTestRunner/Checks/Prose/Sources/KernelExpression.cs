namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>An expression in the notebook's own language.</summary>
internal sealed record KernelExpression(string Code) : IClaimSource
{
    public bool NeedsRun => true;

    public async Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken)
    {
        if (scene.Context.Kernel is not { } kernel) return ClaimAnswer.Not("There is no kernel to ask.");
        Evaluation evaluation;
        try
        {
            evaluation = await kernel.EvaluateAsync(CodeFor(kernel.Language), cancellationToken);
        }
        catch (NotebookRunException error)
        {
            return ClaimAnswer.Not($"Asked for {Code}: {error.Message} Bind the text to a value that a cell has computed.");
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
