using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Reading;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Tests.Checks.Contracts.Files;

public sealed class FileTermTests
{
    private const string Data = """{"a": [1, 2, 3], "b": {"c": "x"}}""";

    [Theory]
    [InlineData(4, "has 4 bytes, and at least 5 are expected")]
    [InlineData(5, null)]
    [InlineData(10, null)]
    [InlineData(11, "has 11 bytes, and at most 10 are expected")]
    public async Task A_size_has_limits(long size, string? fault) => Assert.Equal(fault, await FaultAsync("{min-size: 5, max-size: 10}", "", size));

    [Theory]
    [InlineData(100_000_000, null)]
    [InlineData(100_000_001, "has 100000001 bytes, too many to look into")]
    public async Task A_file_is_looked_into_up_to_a_size(long size, string? fault) => Assert.Equal(fault, await FaultAsync("{contains: a}", "a", size));

    [Fact]
    public async Task A_file_of_which_only_the_size_matters_is_not_read() =>
        Assert.Null(await Assert.Single(FileTerm.ReadAll(Node("{f: {max-size: 10}}"))).FaultAsync(3, () => throw new InvalidOperationException("It was read.")));

    [Fact]
    public async Task The_first_part_that_is_missing_is_told_with_the_beginning_of_the_file()
    {
        Assert.Equal("is expected to hold something with \"a\" in it; it begins with \"x⏎y\"", await FaultAsync("{contains: [x, a, b]}", "x\ny", 3));
        Assert.EndsWith($"begins with \"{new string('x', 120)}\"", await FaultAsync("{contains: a}", new string('x', 120), 120), StringComparison.Ordinal);
        Assert.EndsWith($"begins with \"{new string('x', 120)}…\"", await FaultAsync("{contains: a}", new string('x', 121), 121), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'$.a[0]': 1, '$.a[2]': 3, '$.a[-1]': 3, '$.a[-3]': 1, '$.b.c': x, 'b.c': x}", null)]
    [InlineData("{'$.a[3]': absent, '$.a[-4]': absent, '$.a.x': absent, '$.z.y': absent, '$.b.c.d': absent}", null)]
    [InlineData("{'$.a[1]': 7, '$.b.c': y}", "has at $.a[1] 2, and 7 is expected")]
    [InlineData("{'$.z': any}", "has at $.z nothing, and any value is expected")]
    public async Task A_value_in_JSON_is_found_by_its_path(string terms, string? fault) => Assert.Equal(fault, await FaultAsync($"{{json: {terms}}}", Data, 30));

    [Fact]
    public async Task What_is_no_JSON_is_told() => Assert.StartsWith("is expected to be JSON", await FaultAsync("{json: {'$.a': 1}}", "{", 1), StringComparison.Ordinal);

    private static Task<string?> FaultAsync(string terms, string text, long size) => Assert.Single(FileTerm.ReadAll(Node($"{{f: {terms}}}"))).FaultAsync(size, () => Task.FromResult(text));

    private static ContractNode Node(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return new ContractNode(yaml.Documents[0].RootNode, line => $"line {line}");
    }
}
