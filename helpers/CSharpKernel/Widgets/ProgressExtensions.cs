using System.Runtime.CompilerServices;
using CSharpKernel.Dialect;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>Shows how far a loop has come.</summary>
public static class ProgressExtensions
{
    /// <summary>Shows a progress bar while a sequence is looped over: <c>foreach (var batch in batches.WithProgress("Training"))</c>.</summary>
    /// <param name="source">The sequence.</param>
    /// <param name="description">What stands before the bar.</param>
    /// <param name="total">How many items there are; default what the sequence says, if it knows. Without it items are only counted.</param>
    public static IEnumerable<T> WithProgress<T>(this IEnumerable<T> source, string description = "", int? total = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Loop(source, description, total);
    }

    /// <summary>Shows a progress bar while an asynchronous sequence is looped over.</summary>
    /// <param name="source">The sequence.</param>
    /// <param name="description">What stands before the bar.</param>
    /// <param name="total">How many items there are; without it they are only counted.</param>
    public static IAsyncEnumerable<T> WithProgress<T>(this IAsyncEnumerable<T> source, string description = "", int? total = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return LoopAsync(source, description, total);
    }

    private static IEnumerable<T> Loop<T>(IEnumerable<T> source, string description, int? total)
    {
        using var loop = new LoopProgress(description, total ?? (source.TryGetNonEnumeratedCount(out var count) ? count : null), Shown.Cell.Time);
        foreach (var item in source)
        {
            yield return item;
            loop.Advance();
        }

        loop.Complete();
    }

    private static async IAsyncEnumerable<T> LoopAsync<T>(IAsyncEnumerable<T> source, string description, int? total, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var loop = new LoopProgress(description, total, Shown.Cell.Time);
        await foreach (var item in source.WithCancellation(cancellationToken))
        {
            yield return item;
            loop.Advance();
        }

        loop.Complete();
    }
}
