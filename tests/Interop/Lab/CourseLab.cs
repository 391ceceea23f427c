using NotebookTestRunner.Notebooks;

namespace Interop.Lab;

/// <summary>JupyterLab over the course's lessons, as readers open them; what they log goes to a store of the tests' own, and no lesson's file is written.</summary>
public sealed class CourseLab() : JupyterLab(StartOnLessonsAsync)
{
    private const string Store = "../artifacts/lab/store";

    /// <summary>The lessons' folder.</summary>
    public static string Folder => Path.Combine(PythonEnvironment.CheckoutFolder, "notebooks");

    /// <summary>The lessons' names, in reading order.</summary>
    public static IReadOnlyList<string> Lessons { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal)];

    /// <summary>Opens a lesson; a kernel is ready when this returns.</summary>
    /// <param name="lesson">Its name, or how it begins.</param>
    internal async Task<(LabNotebook Page, IReadOnlyList<NotebookCell> Cells)> OpenLessonAsync(string lesson)
    {
        var name = Lessons.First(one => one.StartsWith(lesson, StringComparison.Ordinal));
        var notebook = Notebook.Read(Path.Combine(Folder, $"{name}.ipynb"));
        return (await ShowAsync(name), [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Code)]);
    }

    private static Task<LabServer> StartOnLessonsAsync()
    {
        var store = Path.GetFullPath(Store, Folder);
        if (Directory.Exists(store))
            Directory.Delete(store, recursive: true);
        Directory.CreateDirectory(store);
        return LabServer.StartAsync(Folder, new Dictionary<string, string>
        {
            ["MLFLOW_TRACKING_URI"] = $"sqlite:///{Store}/mlflow.db",
            ["_MLFLOW_SERVER_ARTIFACT_ROOT"] = $"{Store}/artifacts",
        });
    }
}
