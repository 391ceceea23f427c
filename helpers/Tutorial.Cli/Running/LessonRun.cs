using JupyterProtocol.Processes;
using NotebookTestRunner;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Running;

/// <summary>How a lesson is run: on the course's own kernel, with an empty MLflow store of its own.</summary>
public static class LessonRun
{
    /// <summary>The variable that moves the C# kernel's cache, by default in the user's own folders.</summary>
    internal const string KernelCacheVariable = "CSHARPKERNEL_CACHE";

    /// <summary>
    /// Empties the store of a lesson and says how to run it. Store and artifacts are named relative to the notebook's folder, so that no
    /// output holds a path of this machine; what the environment says about MLflow experiments and runs is switched off.
    /// </summary>
    /// <param name="notebook">The notebook's path.</param>
    /// <param name="runsFolder">The folder below which each lesson has a folder of its name, such as <see cref="Checkout.Runs"/>.</param>
    /// <param name="checkout">The checkout whose kernel to use; by default the one this program was built in.</param>
    /// <returns>The options; a caller adds limits and mode with <c>with</c>.</returns>
    /// <exception cref="CliException">The kernel is not built, or a folder cannot be written.</exception>
    public static RunOptions OptionsFor(string notebook, string runsFolder, Checkout? checkout = null)
    {
        checkout ??= Checkout.Find();
        var kernels = PrivateKernel.Prepare(checkout);
        var path = Path.GetFullPath(notebook);
        var store = Path.Combine(Path.GetFullPath(runsFolder), LessonSource.NameOf(path));
        Fault.Writing(store, () => Empty(store));

        // An author's source runs where readers run what is made from it.
        var folder = LessonSource.Is(path, checkout) ? checkout.Notebooks : Path.GetDirectoryName(path)!;
        var relative = Path.GetRelativePath(folder, store).Replace('\\', '/');
        return new RunOptions
        {
            WorkingDirectory = folder,
            KernelSpecDirectories = [kernels],
            RuntimeDirectory = Path.Combine(kernels, "runtime"),
            // On a node that is shared, everybody can connect to the kernel's ports.
            Encryption = TransportEncryption.Auto,
            EnvironmentVariables = new Dictionary<string, string>
            {
                ["MLFLOW_TRACKING_URI"] = $"sqlite:///{relative}/mlflow.db",
                // MLflow's own name for the folder of artifacts of a local database.
                ["_MLFLOW_SERVER_ARTIFACT_ROOT"] = $"{relative}/artifacts",
                ["MLFLOW_EXPERIMENT_NAME"] = "",
                ["MLFLOW_EXPERIMENT_ID"] = "",
                ["MLFLOW_RUN_ID"] = "",
                [KernelCacheVariable] = checkout.KernelCache,
            },
        };
    }

    private static DirectoryInfo Empty(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder);
    }
}
