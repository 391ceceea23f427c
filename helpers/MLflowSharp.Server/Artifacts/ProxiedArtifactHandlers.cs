using MLflowSharp.Artifacts;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Server.Users;

namespace MLflowSharp.Server.Artifacts;

/// <summary>mlflow-artifacts/…: files that clients send and get through the server, streamed both ways.</summary>
internal sealed class ProxiedArtifactHandlers(ServedArtifacts artifacts, Permissions? permissions)
{
    private static readonly Endpoint Get = new(HttpMethod.Get, "mlflow-artifacts/artifacts/{path}");

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.ListProxiedArtifacts, ListAsync),
        .. Route.Of(Get, GetAsync),
        .. Route.Of(Get with { Method = HttpMethod.Put }, PutAsync),
        .. Route.Of(Get with { Method = HttpMethod.Delete }, DeleteAsync),
    ];

    private async Task<RestResponse> ListAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ListProxiedArtifactsRequest>(cancellationToken);
        var folder = ArtifactPath.CheckFolder(request.Path);
        if (folder.Length > 0)
            permissions?.RequireArtifact(folder, Permission.Read);
        var entries = await artifacts.Destination.ListArtifactsAsync(folder, cancellationToken);
        // The first folders are the experiments'.
        if (permissions is not null && folder.Length == 0)
            entries = [.. entries.Where(entry => permissions.May(ResourceKind.Experiment, entry.Path, Permission.Read))];
        // Bare names, as in MLflow; clients know the folder.
        return Answers.Json(new ListArtifactsResponse { Files = entries.Count == 0 ? null : [.. entries.Select(entry => FileInfoMessage.From(entry with { Path = ArtifactPath.Split(entry.Path).Name }))] });
    }

    private Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken) =>
        ArtifactAnswer.OpenAsync(call, artifacts.Destination, PathOf(call, Permission.Read), cancellationToken);

    private async Task<RestResponse> PutAsync(RestCall call, CancellationToken cancellationToken)
    {
        await artifacts.Destination.WriteAsync(
            PathOf(call, Permission.Edit), (file, cancellation) => call.Request.Body.CopyToAsync(file, cancellation), cancellationToken);
        return new(200, null, []);
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        await artifacts.Destination.DeleteArtifactsAsync(PathOf(call, Permission.Manage), cancellationToken);
        return Answers.Done();
    }

    private string PathOf(RestCall call, Permission needed)
    {
        var path = ArtifactPath.CheckFile(call["path"]);
        permissions?.RequireArtifact(path, needed);
        return path;
    }
}
