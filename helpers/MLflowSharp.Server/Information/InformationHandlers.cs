using System.Text.Json.Nodes;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;

namespace MLflowSharp.Server.Information;

/// <summary>What the server says of itself: health, version, server-info, and that it collects nothing about its users.</summary>
internal sealed class InformationHandlers(RestApiOptions options)
{
    public IEnumerable<Route> Routes =>
    [
        new("GET", "/health", (_, _) => Task.FromResult(Answers.Text(200, "OK"))),
        new("GET", "/version", (_, _) => Task.FromResult(Answers.Text(200, options.Version, "text/html; charset=utf-8"))),
        .. Route.Of(Endpoints.ServerInfo, (_, _) => Task.FromResult(Answers.Json(ServerInfo))),
        // Without this answer MLflow's pages say that they collect usage data.
        new("GET", "/ajax-api/3.0/mlflow/ui-telemetry", (_, _) => Task.FromResult(Answers.CompactJson(
            new JsonObject { ["disable_ui_events"] = new JsonArray(), ["disable_ui_telemetry"] = true, ["ui_rollout_percentage"] = 0 }))),
    ];

    private ServerInfoMessage ServerInfo => new()
    {
        StoreType = options.StoreType,
        WorkspacesEnabled = false,
        TraceArchivalEnabled = false,
        MultipartUploadsEnabled = false,
        MultipartDownloadsEnabled = false,
        PresignedUploadRunIdSupported = false,
        PresignedUploadModelIdSupported = false,
        FeaturesEnabled = new Dictionary<string, bool> { ["gateway"] = false },
    };
}
