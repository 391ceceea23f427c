namespace CSharpKernel.Tests.Packages;

/// <summary>Packages that want each other in versions that do not go together.</summary>
public sealed class PackageConflictTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly PackageSource _source;

    public PackageConflictTests()
    {
        _source = new PackageSource(_notebook.Folder);
        _source.Add("Base", "1.0.0");
        _source.Add("Base", "2.0.0");
        _source.Add("Low", "1.0.0", "Base [1.0.0,2.0.0)");
        _source.Add("High", "1.0.0", "Base 2.0.0");
        _source.Add("Middle", "1.0.0", "High 1.0.0");
    }

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task Two_that_exclude_each_other_are_both_named_with_their_chains()
    {
        var cell = await _notebook.RunAsync("#r \"nuget: Low\"\n#r \"nuget: Middle\"");
        Assert.Equal(
            "No version of Base fits all: High 1.0.0 wants Base >= 2.0.0 (the notebook → Middle 1.0.0 → High 1.0.0 → Base); "
            + "Low 1.0.0 wants Base >= 1.0.0 and < 2.0.0 (the notebook → Low 1.0.0 → Base). "
            + "Ask for versions of High and Low that agree, or choose yourself with #r \"nuget: Base, 2.0.0\".",
            cell.Error.Value);

        // As the message says: what the notebook itself asks for counts.
        var chosen = await _notebook.RunWellAsync("#r \"nuget: Low\"\n#r \"nuget: Middle\"\n#r \"nuget: Base, 2.0.0\"\nBase.Version");
        Assert.Equal("2.0.0", chosen.ResultText);
        Assert.Contains("Low 1.0.0 was made for Base >= 1.0.0 and < 2.0.0, and the notebook asks for 2.0.0.", (string)chosen.Displays[^1].Data!["text/plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_too_low_for_another_package_of_the_cell_is_refused_with_the_line_to_write()
    {
        var cell = await _notebook.RunAsync("#r \"nuget: Base, 1.0.0\"\n#r \"nuget: Middle\"");
        Assert.Equal(
            "Base 1.0.0 cannot be added because High 1.0.0 wants Base >= 2.0.0 (the notebook → Middle 1.0.0 → High 1.0.0 → Base), and the notebook asks for Base >= 1.0.0. "
            + "Write #r \"nuget: Base, 2.0.0\", or ask for an older High.",
            cell.Error.Value);
    }

    [Fact]
    public async Task A_later_cell_raises_a_package_of_which_nothing_is_loaded_yet()
    {
        await _notebook.RunWellAsync("#r \"nuget: Base, 1.0.0\"");
        Assert.Equal("2.0.0 2.0.0.0", (await _notebook.RunWellAsync("#r \"nuget: High\"\n$\"{Base.Version} {typeof(Base).Assembly.GetName().Version}\"")).ResultText);
    }

    [Fact]
    public async Task A_later_cell_may_name_another_version_of_a_package_of_which_nothing_is_loaded_yet()
    {
        await _notebook.RunWellAsync("#r \"nuget: Base, 2.0.0\"");
        Assert.Equal("1.0.0", (await _notebook.RunWellAsync("#r \"nuget: Base, 1.0.0\"\nBase.Version")).ResultText);
    }

    [Fact]
    public async Task A_package_in_use_is_not_exchanged_and_the_message_says_what_to_restart()
    {
        await _notebook.RunWellAsync("#r \"nuget: Base, 1.0.0\"\nBase.Version");
        var cell = await _notebook.RunAsync("#r \"nuget: High\"");
        Assert.Equal(
            "Base 2.0.0 has Base 2.0.0.0, but Base 1.0.0.0 of Base 1.0.0 is in use already, and .NET cannot exchange it. "
            + "Restart the kernel, and ask for Base 2.0.0 before the first cell that uses Base.",
            cell.Error.Value);
        // The session stays as it was.
        Assert.Equal("1.0.0", (await _notebook.RunWellAsync("Base.Version")).ResultText);
        Assert.Equal("1.0.0", (await _notebook.RunWellAsync("#r \"nuget: Low\"\nLow.Version")).ResultText);
    }

    [Theory]
    [InlineData("Bace", "There is no package Bace in ", "Did you mean Base?")]
    [InlineData("Base, 3.0.0", "Base has no version >= 3.0.0.", "The nearest versions are 1.0.0, 2.0.0.")]
    [InlineData("Base, [1.5,1.9]", "Base has no version >= 1.5 and <= 1.9.", "The nearest versions are 1.0.0, 2.0.0.")]
    [InlineData("Base, 1..2", "\"1..2\" is no version", "Write a version (1.2.3)")]
    public async Task What_does_not_exist_is_answered_with_what_does(string wanted, string fault, string advice)
    {
        await _notebook.RunWellAsync("#r \"nuget: Base, 1.0.0\"");
        var cell = await _notebook.RunAsync($"#r \"nuget: {wanted}\"");
        Assert.StartsWith(fault, cell.Error.Value, StringComparison.Ordinal);
        Assert.Contains(advice, cell.Error.Value, StringComparison.Ordinal);
    }
}
