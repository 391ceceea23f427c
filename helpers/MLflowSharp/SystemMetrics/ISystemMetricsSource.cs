namespace MLflowSharp.SystemMetrics;

/// <summary>Something of the machine that can be measured.</summary>
internal interface ISystemMetricsSource
{
    /// <summary>Measures it now.</summary>
    IEnumerable<Reading> Read();
}
