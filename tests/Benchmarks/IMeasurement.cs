namespace Benchmarks;

/// <summary>One subject that is measured, ours and the peer in turns.</summary>
internal interface IMeasurement
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <param name="rounds">How often both sides take their turn; at least 1. A first turn of each, to warm up, does not count.</param>
    /// <returns>Lines of the table.</returns>
    Task<IReadOnlyList<Comparison>> RunAsync(int rounds);
}
