using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>A copy of a file store that the real MLflow wrote.</summary>
internal sealed class GoldenFileStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Unpacks the store.</summary>
    /// <param name="mlflow">The version that wrote it.</param>
    /// <param name="movePaths">Whether the folders that its files name are changed to where they lie now.</param>
    public GoldenFileStore(string mlflow, bool movePaths = true)
    {
        var fixture = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Stores", mlflow);
        Recorded = $"/scratch/project_2001234/files-{mlflow}";
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(fixture, "files.tar.gz")), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(packed, _folder.FullName, overwriteFiles: false);
        var expected = File.ReadAllText(Path.Combine(fixture, "files.expected.json"));
        if (movePaths)
        {
            expected = expected.Replace(Recorded, _folder.FullName, StringComparison.Ordinal);
            foreach (var file in MetaFiles())
                File.WriteAllText(file, File.ReadAllText(file).Replace(Recorded, _folder.FullName, StringComparison.Ordinal));
        }

        Expected = JsonNode.Parse(expected)!;
    }

    /// <summary>The folder in which the store was written.</summary>
    public string Recorded { get; }

    /// <summary>What that version's own client reads.</summary>
    public JsonNode Expected { get; }

    /// <summary>The store's folder.</summary>
    public string Root => Path.Combine(_folder.FullName, "mlruns");

    public MlflowClient NewClient(MlflowClientOptions? options = null) => new(Root, options);

    public IEnumerable<string> MetaFiles() => Files().Where(file => Path.GetFileName(file) == "meta.yaml");

    /// <summary>Every file of the store.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ToList();

    public void Dispose() => _folder.Dispose();
}
