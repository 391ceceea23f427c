using CSharpKernel.Completion;
using CSharpKernel.Tests.Packages;

namespace CSharpKernel.Tests.Completion;

public sealed class PackageCompletionTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly CodeAssistant _assistant;

    public PackageCompletionTests()
    {
        var source = new PackageSource(_notebook.Folder);
        source.Add("Some.Package", "1.0.0");
        source.Add("Some.Package", "1.10.0");
        source.Add("Some.Package", "1.9.0-beta");
        source.Add("Other", "2.0.0");
        _assistant = new CodeAssistant(_notebook.Engine);
    }

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("#r \"nuget: so|", "Some.Package")]
    [InlineData("#r \"nuget:|\"", "Other Some.Package")]
    [InlineData("#r nuget: Some.P|", "Some.Package")]
    [InlineData("var x = 1;\n#r \"nuget: Other,|\"", "2.0.0")]
    [InlineData("#r \"nuget: some.package, |\"", "1.10.0 1.9.0-beta 1.0.0")]
    [InlineData("#r \"nuget: Some.Package, 1.1|", "1.10.0")]
    [InlineData("#r \"nuget: Nothing.Of.This, |", "")]
    public void Names_and_versions_of_folder_sources_are_offered(string code, string matches)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        var found = _assistant.Complete(code.Remove(position, 1), position, TestContext.Current.CancellationToken);
        Assert.Equal(matches, string.Join(' ', found.Matches.Select(match => match.Text)));
        Assert.Equal(position, found.End);
    }

    [Fact]
    public async Task Packages_unpacked_before_are_offered_by_the_name_their_author_gave_them()
    {
        await _notebook.RunWellAsync("#r \"nuget: Some.Package, 1.0.0\"");
        File.Delete(Path.Combine(_notebook.Folder, "source", "Some.Package.1.0.0.nupkg"));
        const string Code = "#r \"nuget: some";
        var found = _assistant.Complete(Code, Code.Length, TestContext.Current.CancellationToken);
        Assert.Equal("Some.Package", Assert.Single(found.Matches).Text);
        Assert.Equal(Code.Length - "some".Length, found.Start);
    }
}
