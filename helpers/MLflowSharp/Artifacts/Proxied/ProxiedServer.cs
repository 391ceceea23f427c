using MLflowSharp.Artifacts.Http;
using MLflowSharp.Protocol;

namespace MLflowSharp.Artifacts.Proxied;

/// <summary>A server that keeps artifacts, and what it says of itself. Shared by all repositories on it.</summary>
/// <param name="http">Requests to it.</param>
/// <param name="storage">Requests to the storage behind it, at the addresses it gives out; they carry no credentials.</param>
internal sealed class ProxiedServer(ArtifactHttp http, Func<string, ArtifactHttp> storage)
{
    public const string Artifacts = "api/2.0/mlflow-artifacts/artifacts";

    private readonly Lock _lock = new();
    private Task<ServerInfoMessage>? _info;
    private Task<bool>? _decodesTwice;

    public ArtifactHttp Http => http;

    public ArtifactHttp Storage(string address) => storage(address);

    /// <summary>What the server says it can do; nothing when it is older than MLflow 3.10.</summary>
    public Task<ServerInfoMessage> InfoAsync()
    {
        lock (_lock)
            return _info is { IsFaulted: false, IsCanceled: false } ? _info : _info = AskAsync();

        async Task<ServerInfoMessage> AskAsync()
        {
            using var response = await http.SendAsync(
                HttpMethod.Get, Endpoints.ServerInfo.Route, CancellationToken.None, accepted: [System.Net.HttpStatusCode.NotFound, System.Net.HttpStatusCode.MethodNotAllowed]);
            return response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json"
                ? await http.ReadAsync<ServerInfoMessage>(HttpMethod.Get, Endpoints.ServerInfo.Route, response, CancellationToken.None)
                : new();
        }
    }

    /// <summary>
    /// Whether the server decodes %41 in a name that it was sent decoded already, as MLflow's does, so that a%41 would be stored as aA. Found
    /// out by asking for a name that stays harmless otherwise.
    /// </summary>
    public Task<bool> DecodesTwiceAsync()
    {
        lock (_lock)
            return _decodesTwice is { IsFaulted: false, IsCanceled: false } ? _decodesTwice : _decodesTwice = AskAsync();

        async Task<bool> AskAsync()
        {
            // MLflow refuses a name with # in it as invalid; a server that takes %23 as it is has no such file.
            using var response = await http.SendAsync(
                HttpMethod.Get, $"{Artifacts}/mlflow%2523probe", CancellationToken.None, accepted: [System.Net.HttpStatusCode.NotFound, System.Net.HttpStatusCode.BadRequest]);
            return response.StatusCode == System.Net.HttpStatusCode.BadRequest;
        }
    }
}
