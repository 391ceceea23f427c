namespace MLflowSharp.Journal.Delivery;

/// <summary>Delivery has to stop here and be tried again later.</summary>
/// <param name="cause">What the store said.</param>
internal sealed class StoreUnavailableException(Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Whether the store itself is away, and not perhaps only one record impossible.</summary>
    public bool IsOfStore => StoreVerdicts.Of(InnerException!) == StoreVerdict.Unavailable;
}
