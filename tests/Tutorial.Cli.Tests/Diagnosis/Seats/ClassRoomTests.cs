using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Diagnosis.Seats;

/// <summary>Several seats of one class, all on this machine: what would be ssh is a script that runs the command here.</summary>
public sealed class ClassRoomTests : IDisposable
{
    private const string Ready = """{"host": "node1", "user": "ann", "time": "2026-11-26T12:00:00+00:00", "passed": true, "checks": [{"name": "SDK", "passed": true, "detail": "fine"}]}""";
    private const string Full = """{"host": "node2", "user": "ben", "time": "2026-11-26T12:00:00+00:00", "passed": false, "checks": [{"name": "Home", "passed": false, "detail": "is full. Free space there"}]}""";

    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task Each_seat_is_asked_over_ssh_and_summed_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is one of a Unix shell.");
        _course.Write("seats.txt", "# row 1\nann@node1\nben@node2   # by the window\ncleo@node3\ndan@node4\n");
        var ssh = Script($"""
            # As ssh is called: -o X -o Y SEAT COMMAND
            case "$5" in
              ann@node1) echo 'Welcome to the class {"{today}"}'; echo '{Ready}' ;;
              ben@node2) echo '{Full}'; exit 1 ;;
              cleo@node3) echo 'ssh: connect to host node3 port 22: No route to host' >&2; exit 255 ;;
              *) exec sleep 60 ;;
            esac
            """);

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("doctor", "--seats", "seats.txt", "--ssh", ssh, "--seat-timeout", "2"));

        Assert.Equal(
            """
            ✓ ann@node1: ann on node1, 2026-11-26 12:00
            ✗ ben@node2: ben on node2, 2026-11-26 12:00
                Home: is full. Free space there
            ✗ cleo@node3
                no report, but exit code 255: ssh: connect to host node3 port 22: No route to host
            ✗ dan@node4
                no answer in 2 s
            1 of 4 seats are ready.

            """, _course.Output, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task The_command_is_run_on_the_seat_and_may_be_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is one of a Unix shell.");
        _course.Write("seats.txt", "node1\n");
        _course.Write("report.json", Ready);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("doctor", "--seats", "seats.txt", "--ssh", Script("exec sh -c \"$6\""), "--seat-command", $"cat '{_course.PathOf("report.json")}'"));

        Assert.Contains("All 1 seats are ready.", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_that_seats_left_in_a_folder_are_read()
    {
        _course.Write("seats/node1-ann.json", Ready);
        _course.Write("seats/node2-ben.json", Full);
        _course.Write("seats/odd.json", "{}");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("doctor", "--seats", "seats"));

        Assert.Contains("✓ node1-ann", _course.Output, StringComparison.Ordinal);
        Assert.Contains("odd.json is no report of `doctor --json`", _course.Output, StringComparison.Ordinal);
        Assert.EndsWith($"1 of 3 seats are ready.{Environment.NewLine}", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor --seats gone.txt", "neither a file nor a folder")]
    [InlineData("doctor --seats empty.txt", "names no seats")]
    [InlineData("doctor --seats option.txt", "is no name of a seat")]
    [InlineData("doctor --seats notebooks", "There are no reports")]
    [InlineData("doctor --seats empty.txt --json", "give one of them")]
    [InlineData("doctor --seats one.txt --seat-timeout 0", "above 0")]
    [InlineData("doctor --seats one.txt --ssh /gone/ssh", "cannot be started")]
    public async Task What_cannot_be_asked_is_refused_with_what_to_do(string line, string explanation)
    {
        _course.Write("empty.txt", "# nobody yet\n");
        _course.Write("one.txt", "node1\n");
        _course.Write("option.txt", "-oProxyCommand=rm\n");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync(line.Split(' ')));

        Assert.Contains(explanation, _course.Error, StringComparison.Ordinal);
    }

    private string Script(string text)
    {
        var file = _course.Write("ssh.sh", $"#!/bin/sh\n{text.ReplaceLineEndings("\n")}\n");
        Modes.Set(file, "500");
        return file;
    }
}
