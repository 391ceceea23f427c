using MLflowSharp.Serving.Tracking;

namespace Tutorial.Cli.Tests.Tracking;

/// <summary>How the user's browser is told where to go, on a machine where everybody sees what programs are started with.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("browser-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_that_only_its_owner_may_read_leads_to_the_address()
    {
        var file = Browser.WritePage("http://127.0.0.1:5000/?token=a&b", _folder);

        Assert.Contains("content=\"0; url=http://127.0.0.1:5000/?token=a&amp;b\"", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.DoesNotContain("token", Path.GetFileName(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal("600", Modes.Of(file));
    }
}
