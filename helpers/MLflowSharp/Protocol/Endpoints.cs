namespace MLflowSharp.Protocol;

/// <summary>The calls that stores and artifacts need (https://mlflow.org/docs/latest/api_reference/rest-api.html).</summary>
internal static class Endpoints
{
    public static readonly Endpoint CreateExperiment = new(HttpMethod.Post, "mlflow/experiments/create");
    public static readonly Endpoint GetExperiment = new(HttpMethod.Get, "mlflow/experiments/get");
    public static readonly Endpoint GetExperimentByName = new(HttpMethod.Get, "mlflow/experiments/get-by-name");
    public static readonly Endpoint SearchExperiments = new(HttpMethod.Post, "mlflow/experiments/search");
    public static readonly Endpoint DeleteExperiment = new(HttpMethod.Post, "mlflow/experiments/delete");
    public static readonly Endpoint RestoreExperiment = new(HttpMethod.Post, "mlflow/experiments/restore");
    public static readonly Endpoint UpdateExperiment = new(HttpMethod.Post, "mlflow/experiments/update");
    public static readonly Endpoint SetExperimentTag = new(HttpMethod.Post, "mlflow/experiments/set-experiment-tag");
    public static readonly Endpoint DeleteExperimentTag = new(HttpMethod.Post, "mlflow/experiments/delete-experiment-tag", "3.2");

    // MLflow's own server answers 404 under /api: the path in its proto file lacks a slash.
    public static readonly Endpoint SearchDatasets = new(HttpMethod.Post, "mlflow/experiments/search-datasets") { OnlyForPages = true };

    public static readonly Endpoint CreateRun = new(HttpMethod.Post, "mlflow/runs/create");
    public static readonly Endpoint GetRun = new(HttpMethod.Get, "mlflow/runs/get");
    public static readonly Endpoint UpdateRun = new(HttpMethod.Post, "mlflow/runs/update");
    public static readonly Endpoint DeleteRun = new(HttpMethod.Post, "mlflow/runs/delete");
    public static readonly Endpoint RestoreRun = new(HttpMethod.Post, "mlflow/runs/restore");
    public static readonly Endpoint SearchRuns = new(HttpMethod.Post, "mlflow/runs/search");

    public static readonly Endpoint LogMetric = new(HttpMethod.Post, "mlflow/runs/log-metric");
    public static readonly Endpoint LogParam = new(HttpMethod.Post, "mlflow/runs/log-parameter");
    public static readonly Endpoint SetTag = new(HttpMethod.Post, "mlflow/runs/set-tag");
    public static readonly Endpoint DeleteTag = new(HttpMethod.Post, "mlflow/runs/delete-tag");
    public static readonly Endpoint LogBatch = new(HttpMethod.Post, "mlflow/runs/log-batch");
    public static readonly Endpoint LogModel = new(HttpMethod.Post, "mlflow/runs/log-model");
    public static readonly Endpoint LogInputs = new(HttpMethod.Post, "mlflow/runs/log-inputs");
    public static readonly Endpoint LogOutputs = new(HttpMethod.Post, "mlflow/runs/outputs", "3.0");
    public static readonly Endpoint GetMetricHistory = new(HttpMethod.Get, "mlflow/metrics/get-history");
    public static readonly Endpoint GetMetricHistoryBulk = new(HttpMethod.Get, "mlflow/metrics/get-history-bulk") { OnlyForPages = true };
    public static readonly Endpoint GetMetricHistoryInterval = new(HttpMethod.Get, "mlflow/metrics/get-history-bulk-interval");

    public static readonly Endpoint CreateLoggedModel = new(HttpMethod.Post, "mlflow/logged-models", "3.0");
    public static readonly Endpoint GetLoggedModel = new(HttpMethod.Get, "mlflow/logged-models/{model_id}", "3.0");
    public static readonly Endpoint FinalizeLoggedModel = new(HttpMethod.Patch, "mlflow/logged-models/{model_id}", "3.0");
    public static readonly Endpoint DeleteLoggedModel = new(HttpMethod.Delete, "mlflow/logged-models/{model_id}", "3.0");
    public static readonly Endpoint SearchLoggedModels = new(HttpMethod.Post, "mlflow/logged-models/search", "3.0");
    public static readonly Endpoint SetLoggedModelTags = new(HttpMethod.Patch, "mlflow/logged-models/{model_id}/tags", "3.0");
    public static readonly Endpoint DeleteLoggedModelTag = new(HttpMethod.Delete, "mlflow/logged-models/{model_id}/tags/{tag_key}", "3.0");
    public static readonly Endpoint LogLoggedModelParams = new(HttpMethod.Post, "mlflow/logged-models/{model_id}/params", "3.0");
    public static readonly Endpoint ListLoggedModelArtifacts = new(HttpMethod.Get, "mlflow/logged-models/{model_id}/artifacts/directories", "3.0");

    // Servers before 3.0 know only this older path, and those after still answer it: MLflow's own client uses it for tags.
    public static readonly Endpoint SetTraceTag = new(HttpMethod.Patch, "mlflow/traces/{request_id}/tags");
    public static readonly Endpoint DeleteTraceTag = new(HttpMethod.Delete, "mlflow/traces/{request_id}/tags");
    public static readonly Endpoint SetTraceTagV3 = SetTraceTag with { Path = "mlflow/traces/{trace_id}/tags", Version = 3, Since = "3.0" };
    public static readonly Endpoint DeleteTraceTagV3 = DeleteTraceTag with { Path = "mlflow/traces/{trace_id}/tags", Version = 3, Since = "3.0" };

    public static readonly Endpoint StartTrace = new(HttpMethod.Post, "mlflow/traces", "3.0") { Version = 3 };
    public static readonly Endpoint GetTraceInfo = new(HttpMethod.Get, "mlflow/traces/{trace_id}", "3.0") { Version = 3 };
    public static readonly Endpoint GetTrace = new(HttpMethod.Get, "mlflow/traces/get", "3.5") { Version = 3 };
    public static readonly Endpoint GetTraces = new(HttpMethod.Get, "mlflow/traces/batchGet", "3.5") { Version = 3 };
    public static readonly Endpoint GetTraceInfos = new(HttpMethod.Post, "mlflow/traces/batchGetInfos", "3.9") { Version = 3 };
    public static readonly Endpoint SearchTraces = new(HttpMethod.Post, "mlflow/traces/search", "3.0") { Version = 3 };
    public static readonly Endpoint DeleteTraces = new(HttpMethod.Post, "mlflow/traces/delete-traces", "3.0") { Version = 3 };
    public static readonly Endpoint QueryTraceMetrics = new(HttpMethod.Post, "mlflow/traces/metrics", "3.8") { Version = 3 };
    public static readonly Endpoint LinkTracesToRun = new(HttpMethod.Post, "mlflow/traces/link-to-run", "3.2");
    public static readonly Endpoint GetTraceArtifact = new(HttpMethod.Get, "mlflow/get-trace-artifact") { OnlyForPages = true };
    public static readonly Endpoint CreateAssessment = new(HttpMethod.Post, "mlflow/traces/{trace_id}/assessments", "3.2") { Version = 3 };
    public static readonly Endpoint GetAssessment = new(HttpMethod.Get, "mlflow/traces/{trace_id}/assessments/{assessment_id}", "3.2") { Version = 3 };
    public static readonly Endpoint UpdateAssessment = GetAssessment with { Method = HttpMethod.Patch };
    public static readonly Endpoint DeleteAssessment = GetAssessment with { Method = HttpMethod.Delete };

    // The same in MLflow 2.
    public static readonly Endpoint StartOldTrace = StartTrace with { Version = 2, Since = Endpoint.Oldest };
    public static readonly Endpoint EndOldTrace = new(HttpMethod.Patch, "mlflow/traces/{request_id}");
    public static readonly Endpoint GetOldTraceInfo = new(HttpMethod.Get, "mlflow/traces/{request_id}/info");
    public static readonly Endpoint SearchOldTraces = new(HttpMethod.Get, "mlflow/traces");

    public static readonly Endpoint ListScorers = new(HttpMethod.Get, "mlflow/scorers/list", "3.3") { Version = 3 };
    public static readonly Endpoint SearchEvaluationDatasets = new(HttpMethod.Post, "mlflow/datasets/search", "3.4") { Version = 3 };

    public static readonly Endpoint CreateRegisteredModel = new(HttpMethod.Post, "mlflow/registered-models/create");
    public static readonly Endpoint RenameRegisteredModel = new(HttpMethod.Post, "mlflow/registered-models/rename");
    public static readonly Endpoint UpdateRegisteredModel = new(HttpMethod.Patch, "mlflow/registered-models/update");
    public static readonly Endpoint DeleteRegisteredModel = new(HttpMethod.Delete, "mlflow/registered-models/delete");
    public static readonly Endpoint GetRegisteredModel = new(HttpMethod.Get, "mlflow/registered-models/get");
    public static readonly Endpoint SearchRegisteredModels = new(HttpMethod.Get, "mlflow/registered-models/search");
    public static readonly Endpoint GetLatestVersions = new(HttpMethod.Post, "mlflow/registered-models/get-latest-versions");
    public static readonly Endpoint SetRegisteredModelTag = new(HttpMethod.Post, "mlflow/registered-models/set-tag");
    public static readonly Endpoint DeleteRegisteredModelTag = new(HttpMethod.Delete, "mlflow/registered-models/delete-tag");
    public static readonly Endpoint SetRegisteredModelAlias = new(HttpMethod.Post, "mlflow/registered-models/alias");
    public static readonly Endpoint DeleteRegisteredModelAlias = new(HttpMethod.Delete, "mlflow/registered-models/alias");
    public static readonly Endpoint GetModelVersionByAlias = new(HttpMethod.Get, "mlflow/registered-models/alias");

    public static readonly Endpoint CreateModelVersion = new(HttpMethod.Post, "mlflow/model-versions/create");
    public static readonly Endpoint UpdateModelVersion = new(HttpMethod.Patch, "mlflow/model-versions/update");
    public static readonly Endpoint TransitionStage = new(HttpMethod.Post, "mlflow/model-versions/transition-stage");
    public static readonly Endpoint DeleteModelVersion = new(HttpMethod.Delete, "mlflow/model-versions/delete");
    public static readonly Endpoint GetModelVersion = new(HttpMethod.Get, "mlflow/model-versions/get");
    public static readonly Endpoint SearchModelVersions = new(HttpMethod.Get, "mlflow/model-versions/search");
    public static readonly Endpoint GetDownloadUri = new(HttpMethod.Get, "mlflow/model-versions/get-download-uri");
    public static readonly Endpoint SetModelVersionTag = new(HttpMethod.Post, "mlflow/model-versions/set-tag");
    public static readonly Endpoint DeleteModelVersionTag = new(HttpMethod.Delete, "mlflow/model-versions/delete-tag");

    public static readonly Endpoint ListArtifacts = new(HttpMethod.Get, "mlflow/artifacts/list");
    public static readonly Endpoint CreatePresignedUploadUrl = new(HttpMethod.Post, "mlflow/artifacts/presigned-upload-url", "3.12");
    public static readonly Endpoint CreatePresignedDownloadUrl = new(HttpMethod.Post, "mlflow/artifacts/presigned-download-url", "3.17");
    public static readonly Endpoint ListProxiedArtifacts = new(HttpMethod.Get, "mlflow-artifacts/artifacts");
    public static readonly Endpoint CreateMultipartUpload = new(HttpMethod.Post, "mlflow-artifacts/mpu/create/{path}");
    public static readonly Endpoint CompleteMultipartUpload = new(HttpMethod.Post, "mlflow-artifacts/mpu/complete/{path}");
    public static readonly Endpoint AbortMultipartUpload = new(HttpMethod.Post, "mlflow-artifacts/mpu/abort/{path}");
    public static readonly Endpoint GetPresignedDownloadUrl = new(HttpMethod.Get, "mlflow-artifacts/presigned/{path}", "3.10");

    public static readonly Endpoint ServerInfo = new(HttpMethod.Get, "mlflow/server-info", "3.10") { Version = 3 };
}
