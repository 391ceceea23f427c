namespace MLflowSharp.Context;

/// <summary>Keys of the tags that MLflow itself sets (https://mlflow.org/docs/latest/ml/tracking/).</summary>
public static class SystemTags
{
    /// <summary>Name of the run; kept equal to <see cref="RunInfo.RunName"/>.</summary>
    public const string RunName = "mlflow.runName";

    /// <summary>Run that this run is nested in.</summary>
    public const string ParentRunId = "mlflow.parentRunId";

    /// <summary>Description shown on the run's page, in Markdown.</summary>
    public const string Note = "mlflow.note.content";

    /// <summary>Who started the run.</summary>
    public const string User = "mlflow.user";

    /// <summary>Program or notebook that started the run.</summary>
    public const string SourceName = "mlflow.source.name";

    /// <summary><c>LOCAL</c>, <c>NOTEBOOK</c>, <c>JOB</c> or <c>PROJECT</c>.</summary>
    public const string SourceType = "mlflow.source.type";

    /// <summary>Commit that was checked out when the run started.</summary>
    public const string GitCommit = "mlflow.source.git.commit";

    /// <summary>Registered versions made from a logged model, as a JSON list; a tag of the logged model.</summary>
    public const string ModelVersions = "mlflow.modelVersions";

    /// <summary>How a dataset was used: <c>train</c>, <c>eval</c>, …; a tag of the input, not of the run.</summary>
    public const string DatasetContext = "mlflow.data.context";
}
