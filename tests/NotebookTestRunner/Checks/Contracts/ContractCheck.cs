using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts;

/// <summary>
/// Compares what cells did with what they promise: files, tracking store, ports, processes. A promise stands in a cell's first lines
/// (<c>// contract: …</c>), in its metadata (<c>contract</c>), or beside the notebook in <c>NAME.contract.yml</c>. Everything is looked at
/// from outside the kernel, except its environment variables, which only it knows.
/// </summary>
public sealed class ContractCheck : INotebookCheck
{
    /// <summary>A client may hold back for a moment what was logged, and a process takes a moment to end: a promise is broken only when it stays broken this long.</summary>
    internal static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "contracts";

    /// <summary>How long a promise must stay broken; <see cref="UsualPatience"/> by default.</summary>
    internal TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>How many entries of a folder are looked at that a contract is about.</summary>
    internal int MostEntries { get; init; } = Surroundings.MostInside;

    /// <inheritdoc/>
    public async Task<NotebookCheckSession?> BeginAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var contract = await ContractReader.ReadAsync(context, cancellationToken);
        // Without a kernel nothing is done that could be looked at; what is written was understood.
        if (contract is null || context.Kernel is null) return null;
        var session = new ContractSession(Name, contract, context, Patience, MostEntries);
        await session.BeginAsync(cancellationToken);
        return session;
    }
}
