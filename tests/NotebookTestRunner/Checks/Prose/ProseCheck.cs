namespace NotebookTestRunner.Checks.Prose;

/// <summary>
/// Compares what a notebook's prose says with what is true: a number, name or path in Markdown that an HTML comment
/// <c>&lt;!-- claim: … --&gt;</c> behind it binds to a value. With <see cref="RunOptions.Update"/> what is out of date is rewritten.
/// </summary>
public sealed class ProseCheck : INotebookCheck
{
    /// <inheritdoc/>
    public string Name => "prose";

    /// <inheritdoc/>
    public Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<Claim> claims;
        try
        {
            claims = ClaimReader.ReadAll(context.Notebook);
        }
        catch (NotebookRunException error)
        {
            throw new NotebookRunException($"The notebook {context.Path} cannot be judged: {error.Message}", error);
        }
        return Task.FromResult<NotebookCheckSession?>(claims.Count == 0 ? null : new ProseSession(Name, claims, context));
    }
}
