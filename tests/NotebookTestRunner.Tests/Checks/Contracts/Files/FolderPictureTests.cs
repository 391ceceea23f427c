using NotebookTestRunner.Checks.Contracts.Files;

namespace NotebookTestRunner.Tests.Checks.Contracts.Files;

public sealed class FolderPictureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FolderPictureTests()
    {
        folder.Write("a/1", "");
        folder.Write("a/2", "");
        folder.Write("b", "");
        folder.Write(".hidden/3", "");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(100, false, ".hidden a a/1 a/2 b")]
    [InlineData(100, true, ".hidden .hidden/3 a a/1 a/2 b")]
    [InlineData(4, false, ".hidden a a/1 a/2 b")]
    [InlineData(3, false, ".hidden a b")]
    [InlineData(1, false, ".hidden a b")]
    [InlineData(0, false, "")]
    public void What_is_near_is_seen_first_up_to_a_number(int most, bool hidden, string seen) =>
        Assert.Equal(seen, string.Join(' ', Take(new WatchedPlace(folder.Path, most, hidden, [])).Below(folder.Path).Order(StringComparer.Ordinal)));

    [Fact]
    public void A_place_inside_another_is_looked_at_for_itself()
    {
        var picture = Take(new WatchedPlace(folder.Path, 100, true, [folder.File("a")]), new WatchedPlace(folder.File("a"), 100, true, []));

        Assert.Equal("1 2", string.Join(' ', picture.Below(folder.File("a")).Order(StringComparer.Ordinal)));
        Assert.DoesNotContain("a/1", Take(new WatchedPlace(folder.Path, 100, true, [folder.File("a")])).Below(folder.Path));
    }

    [Fact]
    public void What_is_different_later_is_told_in_order()
    {
        var before = Take(new WatchedPlace(folder.Path, 100, true, []));
        File.Delete(folder.File("a/1"));
        folder.Write("a/2", "longer");
        File.SetLastWriteTimeUtc(folder.File("b"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        folder.Write("new/4", "four");
        File.Delete(folder.File(".hidden/3"));
        Directory.CreateDirectory(folder.File(".hidden/3"));

        Assert.Equal(
            [(".hidden/3", ChangeKind.Changed, 0, true), ("a/1", ChangeKind.Deleted, 0, false), ("a/2", ChangeKind.Changed, 6, false), ("b", ChangeKind.Changed, 0, false), ("new", ChangeKind.Created, 0, true), ("new/4", ChangeKind.Created, 4, false)],
            before.To(Take(new WatchedPlace(folder.Path, 100, true, []))).Select(change => (change.Path[(folder.Path.Length + 1)..], change.Kind, change.Size, change.IsFolder)));
        Assert.Empty(before.To(before));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    public void A_place_that_holds_more_than_is_looked_at_is_named(int most, bool isNamed) =>
        Assert.Equal(isNamed, Take(new WatchedPlace(folder.Path, most, true, [])).CutShort.Count > 0);

    [Fact]
    public void It_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() => FolderPicture.Take([new WatchedPlace(folder.Path, 100, true, [])], _ => false, new CancellationToken(canceled: true)));

    [Fact]
    public void What_is_ignored_is_not_counted() =>
        Assert.Equal("b", string.Join(' ', FolderPicture.Take([new WatchedPlace(folder.Path, 1, true, [])], path => !path.EndsWith("/b", StringComparison.Ordinal), CancellationToken.None).Below(folder.Path)));

    private static FolderPicture Take(params WatchedPlace[] places) => FolderPicture.Take(places, _ => false, TestContext.Current.CancellationToken);
}
