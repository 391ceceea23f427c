namespace MLflowSharp.Server.Scoring.Serving;

/// <summary>The model that is served now. Another takes its place between two requests; those under way end with the one they began with.</summary>
internal sealed class ModelSlot(ServedModel first) : IDisposable
{
    private ServedModel _current = first;

    /// <summary>The model.</summary>
    public ServedModel Current => Volatile.Read(ref _current);

    /// <summary>Lets another model take over; the old one is freed when its last request is done.</summary>
    public void Replace(ServedModel next) => Interlocked.Exchange(ref _current, next).Model.Dispose();

    /// <summary>Does something with the model.</summary>
    public async Task<T> UseAsync<T>(Func<ServedModel, Task<T>> use)
    {
        while (true)
        {
            var current = Current;
            try
            {
                return await use(current);
            }
            catch (ObjectDisposedException) when (current != Current)
            {
                // It was replaced after it was taken and before it was used: the next one does it.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Current.Model.Dispose();
}
