using Tutorial.Cli.Diagnosis.Places;
using Tutorial.Helpers;

namespace Tutorial.Cli.Tests.Diagnosis.Places;

public sealed class FolderChecksTests
{
    private readonly FakePlace _place = new();

    private FolderChecks Checks => new(_place, isPublished: false);

    private FolderChecks Published => new(_place, isPublished: true);

    [Fact]
    public void A_machine_on_which_all_is_well_passes() => Assert.All(
        [Checks.Home(), Checks.Packages(), Checks.Writable("Notebooks", "/course"), Checks.Disk([("home", "/users/ann")]), Checks.Quota("/course"), Checks.Locks("/course")],
        item => Assert.True(item.Passed, item.Detail));

    [Fact]
    public void A_home_that_is_full_is_told_with_the_variables_that_lead_elsewhere()
    {
        _place.Writing = folder => folder == "/users/ann" ? throw new IOException("No space left on device") : FakePlace.Noon;
        Fails(Checks.Home(), "/users/ann cannot be written: No space left on device", "export DOTNET_CLI_HOME=DIR XDG_CACHE_HOME=DIR");

        (_place.Variables["DOTNET_CLI_HOME"], _place.Variables["XDG_CACHE_HOME"]) = ("/tmp/ann", "/tmp/ann");
        Assert.True(Checks.Home().Passed);
    }

    [Fact]
    public void Variables_that_lead_to_a_folder_that_cannot_be_written_do_not_help()
    {
        _place.Writing = _ => throw new UnauthorizedAccessException("denied");
        (_place.Variables["DOTNET_CLI_HOME"], _place.Variables["XDG_CACHE_HOME"]) = ("/tmp/ann", "/tmp/ann");

        Fails(Checks.Home(), "no permission");
        Assert.True(Published.Home().Passed);
    }

    [Fact]
    public void A_home_that_is_not_set_or_not_there_is_told()
    {
        _place.Missing.Add("/users/ann");
        Fails(Checks.Home(), "/users/ann is not there");

        _place.HomeFolder = "";
        Fails(Checks.Home(), "HOME is not set");
        Fails(Checks.Packages(), "without a home", "NUGET_PACKAGES=DIR");
    }

    [Fact]
    public void Packages_that_can_only_be_read_are_well_and_none_at_all_are_not()
    {
        _place.Writing = _ => throw new UnauthorizedAccessException("denied");
        _place.Variables["NUGET_PACKAGES"] = "/projappl/packages";
        Assert.Contains("can only be read", Checks.Packages().Detail, StringComparison.Ordinal);
        Assert.True(Checks.Packages().Passed);

        _place.Missing.Add("/projappl/packages");
        Fails(Checks.Packages(), "there is no /projappl/packages", "no permission");
        Assert.True(Published.Packages().Passed);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_has_its_sentence()
    {
        _place.Writing = _ => throw new UnauthorizedAccessException("denied");

        Fails(Checks.Writable("Notebooks", "/course/notebooks"), "No permission to write in /course/notebooks");
    }

    [Fact]
    public void A_disk_with_less_than_a_gigabyte_is_named()
    {
        _place.Disk = ("ext4", 900_000_000);

        Fails(Checks.Disk([("home", "/users/ann")]), "0.9 GB for home in /users/ann", "at least 1 GB");
    }

    [Fact]
    public void A_quota_that_is_nearly_used_up_is_told()
    {
        _place.Files.Add("/usr/bin/lfs");
        _place.Program = (program, arguments) => program == "/usr/bin/lfs" && arguments is ["quota", "-q", "-u", "ann", "/scratch"]
            ? (0, "/scratch 15000000 15728640 15728640 - 1200 150000 150000 -\n") : (1, "");

        Fails(Checks.Quota("/scratch"), "/scratch: 15.4 of 16.1 GB, 1200 of 150000 files used", "ask for more");
    }

    [Fact]
    public void A_quota_with_room_is_shown_and_a_machine_without_one_says_so()
    {
        Assert.Equal("this machine tells of none", Checks.Quota("/scratch").Detail);

        _place.Files.Add("/usr/bin/quota");
        _place.Program = (_, _) => (0, "Disk quotas for user ann (uid 1000):\n     Filesystem  blocks   quota   limit   grace   files   quota   limit   grace\n/dev/sda1 1000 0 10000000 0 5 0 0 0\n");
        Assert.Equal("/dev/sda1: 0.0 of 10.2 GB used", Checks.Quota("/scratch").Detail);
    }

    [Fact]
    public void Locks_that_do_not_keep_programs_apart_are_told_with_two_ways_out()
    {
        (_place.LockFault, _place.Disk) = ("a second program could write while the first one did", ("lustre", 1));

        Fails(Checks.Locks("/scratch"), "/scratch (lustre)", "could write while", "MLFLOW_TRACKING_URI=sqlite:///", "`ui`");
    }

    [Theory]
    [InlineData("lustre", true)]
    [InlineData("nfs4", true)]
    [InlineData("fuse.sshfs", true)]
    [InlineData("ext4", false)]
    [InlineData("xfs", false)]
    public void A_network_file_system_is_named(string fileSystem, bool isShared)
    {
        _place.Disk = (fileSystem, 1);

        Assert.StartsWith($"SQLite's locks work on {fileSystem}", Checks.Locks("/scratch").Detail, StringComparison.Ordinal);
        Assert.Equal(isShared, Checks.Locks("/scratch").Detail.Contains("one machine at a time", StringComparison.Ordinal));
    }

    private static void Fails(EnvironmentItem item, params string[] parts)
    {
        Assert.False(item.Passed, item.Detail);
        Assert.All(parts, part => Assert.Contains(part, item.Detail, StringComparison.Ordinal));
    }
}
