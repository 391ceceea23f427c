using MLflowSharp;
using NotebookTestRunner;
using Tutorial.Cli.Running;

namespace Screenshots;

/// <summary>One store with what a reader has who worked through the lessons, one after the other.</summary>
/// <param name="checkout">The checkout whose lessons are run.</param>
internal sealed class CourseStore(Checkout checkout)
{
    private static readonly string[] s_lessons = ["02", "03", "04", "05", "06"];
    private readonly string _folder = Path.Combine(checkout.Artifacts, "screenshots");

    /// <summary>The store, named from the lessons' folder.</summary>
    public string TrackingUri => $"sqlite:///{Relative}/mlflow.db";

    /// <summary>Where it keeps artifacts.</summary>
    public string ArtifactRoot => $"{Relative}/mlruns";

    private string Relative => Path.GetRelativePath(checkout.Notebooks, _folder).Replace('\\', '/');

    /// <summary>Runs the lessons, each in a kernel of its own, all with this store.</summary>
    public async Task FillAsync()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        foreach (var lesson in s_lessons)
        {
            var path = Directory.GetFiles(checkout.Notebooks, lesson + "-*.ipynb").Single();
            var options = LessonRun.OptionsFor(path, Path.Combine(_folder, "runs"), checkout);
            var variables = new Dictionary<string, string>(options.EnvironmentVariables) { ["MLFLOW_TRACKING_URI"] = TrackingUri, ["_MLFLOW_SERVER_ARTIFACT_ROOT"] = ArtifactRoot };
            // What earlier lessons left may be seen, so outputs are not those that are stored; errors count.
            var result = await new NotebookRunner(options with { EnvironmentVariables = variables, Mode = ComparisonMode.Lax, Checks = [], CellTimeout = TimeSpan.FromMinutes(10) }).RunAsync(path);
            var failed = result.Cells.FirstOrDefault(cell => cell.Verdict == Verdict.Failed);
            if (failed is not null || result.Message is not null)
                throw new InvalidOperationException($"{lesson} failed in a store with what was before it: {result.Message ?? $"cell {failed!.Number}: {failed.Message}"}");
            Console.WriteLine($"ran {lesson}");
        }
    }

    /// <summary>The newest run of a name.</summary>
    /// <param name="name">The name.</param>
    public Run Find(string name)
    {
        using var client = new MlflowClient(TrackingUri);
        var experiments = client.SearchExperiments().Select(experiment => experiment.ExperimentId).ToList();
        return client.SearchRuns(experiments, $"attributes.run_name = '{name}'")[0];
    }
}
