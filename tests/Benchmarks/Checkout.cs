namespace Benchmarks;

/// <summary>Where things are in the checkout that this program was built from.</summary>
internal static class Checkout
{
    /// <summary>The folder of <c>Tutorial.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path in the checkout.</summary>
    public static string Path(params string[] parts) => global::System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A program of the checkout, as it was built.</summary>
    public static string Program(string project) => Path("artifacts", "bin", project, $"{project}.dll");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(global::System.IO.Path.Combine(folder.FullName, "Tutorial.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"There is no Tutorial.sln above {AppContext.BaseDirectory}. Run the benchmarks from the checkout: dotnet run --project tests/Benchmarks.");
    }
}
