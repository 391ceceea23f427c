using MLflowSharp.Journal.Files;

namespace MLflowSharp.Journal.Delivery;

/// <summary>A caller who waits for the store's answer to a record.</summary>
/// <param name="segment">The file that the record is in.</param>
/// <param name="offset">Where in it.</param>
internal sealed class Waiting(SegmentFile segment, long offset)
{
    private readonly TaskCompletionSource<Answer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SegmentFile Segment => segment;

    public long Offset => offset;

    public Task<Answer> Answered => _completion.Task;

    public void Stored(object? value) => _completion.TrySetResult(new(true, value));

    /// <summary>The store cannot be reached now: the record stays in the journal.</summary>
    public void Spooled() => _completion.TrySetResult(new(false, null));

    public void Refused(MlflowException error) => _completion.TrySetException(error);

    /// <summary>What came back.</summary>
    /// <param name="IsStored">Whether the store has it; else it waits in the journal.</param>
    /// <param name="Value">The store's answer.</param>
    internal readonly record struct Answer(bool IsStored, object? Value);
}
