namespace Interop.WebPages;

public abstract partial class WebPagesSuite
{
    private string ModelPage => $"/experiments/{Course.ExperimentId}/models/{Course.Model.ModelId}";

    private string RegisteredModelPage => $"/models/{Uri.EscapeDataString(Course.Name)}";

    [Fact]
    public Task The_logged_models_have_a_list() => VisitAsync(
        "logged-models", $"/experiments/{Course.ExperimentId}/models", () => ShowsAsync("model", "Ready", "Interop.dll", "3Layer_adam", "3Layer_adagrad"));

    [Fact]
    public Task A_logged_models_page_tells_all_about_it() => VisitAsync(
        "logged-model",
        ModelPage,
        async () =>
        {
            await ShowsAsync("Ready", Course.Adam.Info.UserId, "3Layer_adam", "Interop.dll", "Metrics (4)", "Parameters (11)", Course.Name, "v2");
            await ShowsAsync([.. Course.Model.Metrics.SelectMany(metric => (string[])[metric.Key, Start(metric.Value)])]);
            await ShowsAsync([.. Course.Model.Params.SelectMany(param => (string[])[param.Key, param.Value])]);
        });

    [Fact]
    public Task A_logged_models_files_are_there_to_read() => VisitAsync(
        "logged-model-files",
        $"{ModelPage}/artifacts",
        async () =>
        {
            await ShowsAsync("MLmodel", "conda.yaml", "input_example.json", "model.onnx", "python_env.yaml", "requirements.txt", "serving_input_example.json");
            await Page.GetByLabel("input_example.json", new() { Exact = true }).ClickAsync();
            await ShowsAsync("0.0117647");
            await Page.GetByLabel("MLmodel", new() { Exact = true }).ClickAsync();
            await ShowsAsync("loader_module", "mlflow.onnx", Course.Model.ModelId, "model_size_bytes", "input_example.json");
        });

    [Fact]
    public Task The_registry_lists_models_with_their_latest_versions_and_aliases() => VisitAsync(
        "registry", "/models", () => ShowsAsync(Course.Name, "Version 2", "@ champion", "task"));

    [Fact]
    public Task A_registered_models_page_has_its_versions_with_aliases_and_tags() => VisitAsync(
        "registered-model",
        RegisteredModelPage,
        () => ShowsAsync(Course.Name, "Reads handwritten digits.", "task", "Version 2", "Version 1", "@ champion", "@ challenger", "reviewed by: Aino", "Trained with Adam."));

    [Fact]
    public Task A_versions_page_has_its_alias_source_and_signature() => VisitAsync(
        "version",
        $"{RegisteredModelPage}/versions/2",
        async () =>
        {
            await ShowsAsync("Version 2", "@ champion", "Trained with Adam.", "reviewed by", "Aino", "Source Run:", "3Layer_adam", "Source Model:", "Inputs (1)", "Outputs (1)");
            await Page.GetByText("Inputs (1)").ClickAsync();
            await Page.GetByText("Outputs (1)").ClickAsync();
            await ShowsAsync("Tensor (dtype: float32, shape: [-1,784])", "Tensor (dtype: float32, shape: [-1,10])");
        });

    [Fact]
    public Task Two_versions_are_compared() => VisitAsync(
        "compare-versions",
        $"/compare-model-versions?name={Uri.EscapeDataString($"\"{Course.Name}\"")}&runs={Uri.EscapeDataString($$"""{"1":"{{Course.Adagrad.Info.RunId}}","2":"{{Course.Adam.Info.RunId}}"}""")}",
        () => ShowsAsync("Comparing 2 Versions", "3Layer_adam", "3Layer_adagrad", "opt_learning_rate", "0.001", Rounded(Course.Adam.Data.Metrics["accuracy"]), Rounded(Course.Adagrad.Data.Metrics["accuracy"])));
}
