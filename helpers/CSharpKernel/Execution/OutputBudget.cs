namespace CSharpKernel.Execution;

/// <summary>
/// How much a cell may send: a large first part, and little by little more while time passes. What is begun while something is left is
/// sent whole, however long: one long line is no flood.
/// </summary>
/// <param name="first">What may be sent at first; infinite for no limit.</param>
/// <param name="perSecond">What is added each second.</param>
/// <param name="most">Up to how much is added.</param>
/// <param name="time">The clock.</param>
internal sealed class OutputBudget(double first, double perSecond, double most, TimeProvider time)
{
    private double _left = first;
    private long _counted = time.GetTimestamp();

    /// <summary>Takes from the budget; false when nothing is left.</summary>
    public bool TryTake(long amount)
    {
        if (_left < most)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(most, _left + (time.GetElapsedTime(_counted, now).TotalSeconds * perSecond));
            _counted = now;
        }
        else
        {
            _counted = time.GetTimestamp();
        }

        if (_left <= 0)
            return false;
        _left -= amount;
        return true;
    }
}
