using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Stores.Rest;

/// <summary>Stores on a server in memory, with a clock that does not wait.</summary>
public abstract class RestTest
{
    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal InstantClock Clock { get; } = new();

    internal List<string> Warnings { get; } = [];

    internal MlflowStores Open(HttpMessageHandler server, Func<MlflowHttpOptions, MlflowHttpOptions>? change = null, string uri = "http://tracking.example:5000")
    {
        var http = new MlflowHttpOptions { Handler = server, Timeout = InstantClock.AttemptLimit, BackoffJitter = 0 };
        return StoreFactory.Open(uri, new MlflowClientOptions { TimeProvider = Clock, Warn = Warnings.Add, Http = change?.Invoke(http) ?? http });
    }

    internal static async Task<MlflowException> Refused(Func<Task> call) => await Assert.ThrowsAsync<MlflowException>(call);
}
