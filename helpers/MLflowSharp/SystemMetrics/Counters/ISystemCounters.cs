namespace MLflowSharp.SystemMetrics.Counters;

/// <summary>What an operating system counts.</summary>
internal interface ISystemCounters
{
    /// <summary>Time that all processors have spent since the system started, in any unit.</summary>
    (double Busy, double Total) ReadProcessorTimes();

    /// <summary>Memory in bytes; what can be given to programs at once, such as caches, does not count as used.</summary>
    (double Used, double Total) ReadMemory();
}
