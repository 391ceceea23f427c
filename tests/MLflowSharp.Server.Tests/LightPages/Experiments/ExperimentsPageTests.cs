namespace MLflowSharp.Server.Tests.LightPages.Experiments;

public sealed class ExperimentsPageTests : IDisposable
{
    private readonly PagesUnderTest _pages = new();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public async Task An_experiment_is_created_renamed_described_deleted_and_restored_by_forms()
    {
        var created = await _pages.SendAsync("experiments", "create-experiment", ("name", "digits"));
        var page = created.Headers["Location"].Split("&done")[0];
        Assert.Equal(303, created.Status);
        Assert.Contains("Created.", (await _pages.GetAsync(created.Headers["Location"])).Text, StringComparison.Ordinal);

        await _pages.SendAsync(page, "rename-experiment", ("name", "letters"));
        await _pages.SendAsync(page, "describe-experiment", ("text", "All *letters*"));
        Assert.Contains("All <em>letters</em>", (await _pages.GetAsync(page)).Text, StringComparison.Ordinal);
        await _pages.SendAsync(page, "delete-experiment");
        Assert.DoesNotContain("letters", (await _pages.GetAsync("experiments")).Text, StringComparison.Ordinal);
        Assert.Contains("letters", (await _pages.GetAsync("experiments?view=deleted")).Text, StringComparison.Ordinal);
        await _pages.SendAsync("experiments?view=deleted", "restore-experiment");

        Assert.Equal(LifecycleStage.Active, (await _pages.Store.GetExperimentByNameAsync("letters", PagesUnderTest.Cancellation))!.LifecycleStage);
    }

    [Theory]
    [InlineData("dig", true)]
    [InlineData("DIG", true)]
    [InlineData("it's", true)]
    [InlineData("\"it\"", true)]
    [InlineData("nothing", false)]
    public async Task A_part_of_the_name_finds_it(string search, bool isFound)
    {
        await _pages.ExperimentAsync("it's all \"it\": digits");

        Assert.Equal(isFound, (await _pages.GetAsync($"experiments?search={Uri.EscapeDataString(search)}")).Text.Contains("digits", StringComparison.Ordinal));
    }
}
