using System.Text.Json.Nodes;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Artifacts;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;

namespace MLflowSharp.Server.Information;

/// <summary>What the server says of itself: health, version, server-info, and that it collects nothing about its users.</summary>
internal sealed class InformationHandlers(RestApiOptions options, ServedArtifacts artifacts)
{
    public IEnumerable<Route> Routes =>
    [
        new("GET", "/health", (_, _) => Task.FromResult(Answers.Text(200, "OK"))),
        new("GET", "/version", (_, _) => Task.FromResult(Answers.Text(200, options.Version, "text/html; charset=utf-8"))),
        .. Route.Of(Endpoints.ServerInfo, (_, _) => Task.FromResult(Answers.Json(ServerInfo))),
        // Without this answer MLflow's pages say that they collect usage data.
        OfPages("3.0/mlflow/ui-telemetry", () => new() { ["disable_ui_events"] = new JsonArray(), ["disable_ui_telemetry"] = true, ["ui_rollout_percentage"] = 0 }),
        // The pages ask on almost every one of them for helpers that work with language models. There are none here.
        OfPages("3.0/mlflow/assistant/config", () => new() { ["providers"] = new JsonObject(), ["projects"] = new JsonObject(), ["remote_access_allowed"] = false }),
        OfPages("3.0/mlflow/assistant/providers", () => new() { ["providers"] = new JsonArray(), ["resolved"] = null, ["gateway_vendor_options"] = new JsonObject() }),
        OfPages("2.0/mlflow/gateway-proxy", () => new() { ["endpoints"] = new JsonArray() }),
    ];

    private static Route OfPages(string path, Func<JsonObject> answer) => new("GET", $"/ajax-api/{path}", (_, _) => Task.FromResult(Answers.CompactJson(answer())));

    private ServerInfoMessage ServerInfo => new()
    {
        StoreType = options.StoreType,
        WorkspacesEnabled = false,
        TraceArchivalEnabled = false,
        MultipartUploadsEnabled = artifacts.CanSign,
        MultipartDownloadsEnabled = artifacts.CanSign,
        // These say that the requests are known; whether a storage can do it, its answer says.
        PresignedUploadRunIdSupported = true,
        PresignedUploadModelIdSupported = true,
        FeaturesEnabled = new Dictionary<string, bool> { ["gateway"] = false },
    };
}
