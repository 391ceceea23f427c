namespace MLflowSharp.Maintenance;

/// <summary>What was removed for good, or would be.</summary>
/// <param name="Removed">The items.</param>
/// <param name="Kept">How many deleted items stay, because they are too young or needed.</param>
/// <param name="Uploads">How many files of uploads that never ended.</param>
internal sealed record GarbageReport(IReadOnlyList<DeletedItem> Removed, int Kept, int Uploads);
