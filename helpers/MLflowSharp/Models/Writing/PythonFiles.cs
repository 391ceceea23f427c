using System.Text;
using System.Text.Json.Nodes;

namespace MLflowSharp;

/// <summary>The files that MLflow for Python makes a model's environment from: <c>requirements.txt</c>, <c>conda.yaml</c>, <c>python_env.yaml</c>.</summary>
internal static class PythonFiles
{
    /// <summary>A Python that every tested version of MLflow can build an environment for.</summary>
    public const string PythonVersion = "3.11.7";

    /// <summary>What <c>MLmodel</c> says of a model that Python loads with <c>mlflow.pyfunc.load_model</c>.</summary>
    /// <param name="loaderModule">The module of MLflow that loads it.</param>
    /// <param name="data">The file or folder that it loads.</param>
    public static JsonObject Flavor(string loaderModule, string data) => new()
    {
        ["data"] = data,
        ["env"] = new JsonObject { ["conda"] = "conda.yaml", ["virtualenv"] = "python_env.yaml" },
        ["loader_module"] = loaderModule,
        ["python_version"] = PythonVersion,
    };

    /// <summary>The files.</summary>
    /// <param name="requirements">What pip has to install, MLflow first.</param>
    public static IEnumerable<KeyValuePair<string, byte[]>> Of(IReadOnlyList<string> requirements) =>
    [
        new("requirements.txt", Encoding.UTF8.GetBytes(string.Join('\n', requirements) + "\n")),
        new("conda.yaml", Encoding.UTF8.GetBytes(ModelYaml.Write(new()
        {
            ["channels"] = new JsonArray("conda-forge"),
            ["dependencies"] = new JsonArray($"python={PythonVersion}", "pip", new JsonObject { ["pip"] = new JsonArray([.. requirements.Select(requirement => (JsonNode)requirement)]) }),
            ["name"] = "mlflow-env",
        }))),
        new("python_env.yaml", Encoding.UTF8.GetBytes(ModelYaml.Write(new()
        {
            ["python"] = PythonVersion,
            ["build_dependencies"] = new JsonArray("pip", "setuptools", "wheel"),
            ["dependencies"] = new JsonArray("-r requirements.txt"),
        }))),
    ];
}
