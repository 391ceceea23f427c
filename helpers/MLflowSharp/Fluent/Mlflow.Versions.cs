namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>
    /// The versions of MLflow for Python that this client is tested against, oldest first: stores, servers and models that they wrote are read
    /// and added to, and they read and add to ours. Versions between them differ in nothing that is known to matter. It is what the file
    /// <c>TestedMlflowVersions.txt</c> says.
    /// </summary>
    public static IReadOnlyList<string> TestedMlflowVersions { get; } = ReadTestedVersions();

    private static string[] ReadTestedVersions()
    {
        using var reader = new StreamReader(typeof(Mlflow).Assembly.GetManifestResourceStream("TestedMlflowVersions.txt")!);
        return reader.ReadToEnd().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
