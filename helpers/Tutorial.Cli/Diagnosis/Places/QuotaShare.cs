using System.Globalization;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>What a user has of a file system.</summary>
/// <param name="FileSystem">Where it is mounted, or its device.</param>
/// <param name="UsedKibibytes">What is used.</param>
/// <param name="MostKibibytes">The limit; 0 for none.</param>
/// <param name="UsedFiles">How many files there are.</param>
/// <param name="MostFiles">The limit; 0 for none.</param>
internal sealed record QuotaShare(string FileSystem, long UsedKibibytes, long MostKibibytes, long UsedFiles, long MostFiles)
{
    private const double Nearly = 0.95, KibibytesOfGigabyte = 1e9 / 1024;

    /// <summary>Whether less than a twentieth is left of either.</summary>
    public bool IsNearlyFull => (MostKibibytes > 0 && UsedKibibytes >= Nearly * MostKibibytes) || (MostFiles > 0 && UsedFiles >= Nearly * MostFiles);

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var space = MostKibibytes > 0 ? string.Create(CultureInfo.InvariantCulture, $" {UsedKibibytes / KibibytesOfGigabyte:0.0} of {MostKibibytes / KibibytesOfGigabyte:0.0} GB") : "";
        var files = MostFiles > 0 ? string.Create(CultureInfo.InvariantCulture, $" {UsedFiles} of {MostFiles} files") : "";
        return $"{FileSystem}:{space}{(space.Length > 0 && files.Length > 0 ? "," : "")}{files} used";
    }
}
