using Tutorial.Cli.Diagnosis.Places;

namespace Tutorial.Cli.Tests.Diagnosis.Places;

/// <summary>Tables as the manual pages of quota(1) and lfs-quota(1) show them.</summary>
public sealed class QuotaTableTests
{
    [Fact]
    public void A_long_name_stands_on_a_line_of_its_own() =>
        Assert.Equal([new("/mnt/testfs/a/long/name", 100, 1000, 1, 0)], QuotaTable.Read("/mnt/testfs/a/long/name\n   100  0  1000  -  1  0  0  -\n"));

    [Fact]
    public void A_star_marks_what_is_above_a_limit_and_the_smaller_limit_counts()
    {
        var share = Assert.Single(QuotaTable.Read("/home 1100* 1000 2000 6days 7 0 0 -"));

        Assert.Equal((1100, 1000), (share.UsedKibibytes, share.MostKibibytes));
        Assert.True(share.IsNearlyFull);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Disk quotas for user ann (uid 1000): none\n")]
    [InlineData("/scratch 100 0 0 - 5 0 0 -")]
    [InlineData("quota: Cannot open quotafile /a b c d e f g h\n")]
    public void Where_there_is_no_limit_there_is_no_share(string text) => Assert.Empty(QuotaTable.Read(text));

    [Theory]
    [InlineData(94, 0, false)]
    [InlineData(95, 0, true)]
    [InlineData(0, 95, true)]
    public void Less_than_a_twentieth_left_is_nearly_full(long kibibytes, long files, bool expected) =>
        Assert.Equal(expected, new QuotaShare("/home", kibibytes, 100, files, 100).IsNearlyFull);
}
