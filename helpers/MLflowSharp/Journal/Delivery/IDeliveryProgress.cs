using MLflowSharp.Journal.Records;

namespace MLflowSharp.Journal.Delivery;

/// <summary>Hears what becomes of records.</summary>
internal interface IDeliveryProgress
{
    /// <summary>Whether to go on with a record: not when its caller gave it up meanwhile.</summary>
    bool Begin(JournalFrame frame);

    /// <summary>Whether somebody waits for the store's answer to this record, and is told of any error.</summary>
    bool IsAwaited(JournalFrame frame);

    /// <summary>The store has the record.</summary>
    /// <param name="frame">The record.</param>
    /// <param name="answer">What the store answered, if it answers something.</param>
    void Stored(JournalFrame frame, object? answer);

    /// <summary>The store does not take the record.</summary>
    void Refused(JournalFrame frame, MlflowException error);

    /// <summary>Everything before a place is done with.</summary>
    /// <param name="offset">The place.</param>
    void Advance(long offset);
}
