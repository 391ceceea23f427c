namespace Tutorial.Helpers;

/// <summary>
/// Reads the MNIST database of handwritten digits (LeCun, Cortes, Burges) from the course's own copy in <c>data/mnist</c>.
/// Nothing is ever downloaded.
/// </summary>
public static class Mnist
{
    /// <summary>The environment variable that names another folder with the four files, for checkouts without <c>data/mnist</c>.</summary>
    public const string DirectoryVariable = "TUTORIAL_MNIST";

    /// <summary>Reads and verifies all four files: 60,000 training and 10,000 test images.</summary>
    /// <param name="directory">
    /// The folder with the four files. When it is left out: the folder named by the environment variable <c>TUTORIAL_MNIST</c>, else the
    /// nearest <c>data/mnist</c> in the working directory (a notebook's folder) or above it, else above this library.
    /// </param>
    /// <returns>The training and the test data.</returns>
    /// <exception cref="DirectoryNotFoundException">No <c>data/mnist</c> was found.</exception>
    /// <exception cref="FileNotFoundException">One of the four files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is truncated, damaged, or holds another file's content; the message says which.</exception>
    public static MnistDataset Load(string? directory = null)
    {
        var folder = Locate(directory);
        // Not Parallel.For: it would wrap a file's own error in an AggregateException.
        var contents = Task.WhenAll(MnistFile.All.Select(file => Task.Run(() => file.Read(folder)))).GetAwaiter().GetResult();
        MnistSplit Split(int images) => new($"data/mnist/{MnistFile.All[images].Name}.gz", contents[images], contents[images + 1]);
        return new MnistDataset(Split(0), Split(2), folder);
    }

    private static string Locate(string? directory)
    {
        var named = directory ?? Environment.GetEnvironmentVariable(DirectoryVariable);
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named)
                ? Path.GetFullPath(named)
                : throw new DirectoryNotFoundException(
                    $"There is no folder '{named}' to read MNIST from. Give the folder that holds {MnistFile.All[0].Name}, "
                    + $"or leave it out (and unset {DirectoryVariable}) to use the course's data/mnist.");
        }

        string[] starts = [Environment.CurrentDirectory, AppContext.BaseDirectory, Path.GetDirectoryName(typeof(Mnist).Assembly.Location) ?? ""];
        return starts.SelectMany(FoldersUpward).Select(folder => Path.Combine(folder, "data", "mnist")).FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException(
                $"There is no data/mnist in '{Environment.CurrentDirectory}' or in a folder above it. Run the notebook inside the course's checkout, "
                + $"or set the environment variable {DirectoryVariable} to the folder with the four files.");
    }

    private static IEnumerable<string> FoldersUpward(string start)
    {
        for (var folder = start.Length == 0 ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
