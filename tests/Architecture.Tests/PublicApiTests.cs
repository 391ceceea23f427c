using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace Architecture.Tests;

/// <summary>
/// What the packages promise their users stands in <c>docs/api</c>, a file each, so that every change of it is seen in a review. After a change
/// that is meant, run these tests with the environment variable <c>UPDATE_PUBLIC_API=1</c>, and commit the files.
/// </summary>
public sealed class PublicApiTests
{
    private static string Folder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "docs", "api"));

    [Theory]
    [InlineData("MLflowSharp")]
    [InlineData("MLflowSharp.Onnx")]
    [InlineData("MLflowSharp.TorchSharp")]
    [InlineData("MLflowSharp.ML")]
    [InlineData("MLflowSharp.Server")]
    [InlineData("MLflowSharp.Serving")]
    [InlineData("MLflowSharp.Testing")]
    public void The_listing_of_a_packages_public_members_is_up_to_date(string package)
    {
        var listing = Assembly.Load(package).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Folder, $"{package}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, listing);
        }

        Assert.True(File.Exists(file), $"{file} is missing. Run this test with UPDATE_PUBLIC_API=1 to write it.");
        var listed = File.ReadAllText(file).ReplaceLineEndings("\n");
        var difference = listing.Split('\n').Zip(listed.Split('\n').Append("")).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.True(listing == listed, $"The public members of {package} are not those in {file}; the first difference:\n  is:     {difference.First}\n  listed: {difference.Second}\nIf that is meant, run this test with UPDATE_PUBLIC_API=1 and commit the file.");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
