using MLflowSharp.Stores.Files.Yaml;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

/// <summary>New <c>meta.yaml</c> files of registered models and versions, with the lines that a version of MLflow writes.</summary>
internal static class RegistryMeta
{
    public static YamlMap OfModel(string name, string? description, long now, string mlflow)
    {
        var meta = new YamlMap
        {
            ["aliases"] = new YamlMap(),
            ["creation_timestamp"] = now,
            ["description"] = description,
            ["last_updated_timestamp"] = now,
            ["name"] = name,
        };
        if (!RunMeta.IsVersion2(mlflow))
            (meta["deployment_job_id"], meta["deployment_job_state"]) = (null, null);
        if (RunMeta.IsNewest(mlflow))
            meta["workspace"] = "default";
        return meta;
    }

    public static YamlMap OfVersion(ModelVersion version, long number, string location, long now, string mlflow)
    {
        var meta = new YamlMap
        {
            ["creation_timestamp"] = now,
            ["current_stage"] = ModelStages.None,
            ["description"] = version.Description,
            ["last_updated_timestamp"] = now,
            ["name"] = version.Name,
            ["run_id"] = version.RunId,
            ["run_link"] = version.RunLink,
            ["source"] = version.Source,
            ["status"] = "READY",
            ["status_message"] = null,
            ["storage_location"] = location,
            ["user_id"] = null,
            ["version"] = number,
        };
        if (!RunMeta.IsVersion2(mlflow))
            (meta["deployment_job_state"], meta["model_id"]) = (null, version.ModelId);
        if (RunMeta.IsNewest(mlflow))
            meta["workspace"] = "default";
        else
            meta["aliases"] = new List<object?>();
        if (mlflow == "3.3")
            (meta["metrics"], meta["params"]) = (null, null);
        return meta;
    }
}
