using System.Diagnostics;
using System.Globalization;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>
/// A cable to a network of its own, in which commands can run: pulled out, nothing comes through and nobody is told, as when a switch loses power.
/// Only an administrator of a Linux machine can have one.
/// </summary>
public sealed class Network : IDisposable
{
    private static int _count;
    private readonly string _name;

    private Network(string name, string here, string there)
    {
        _name = name;
        HereAddress = here;
        Run("ip", "netns", "add", _name);
        Run("ip", "link", "add", Cable, "type", "veth", "peer", "name", "cable", "netns", _name);
        Run("ip", "addr", "add", $"{here}/30", "dev", Cable);
        Run("ip", "-n", _name, "addr", "add", $"{there}/30", "dev", "cable");
        Run("ip", "-n", _name, "link", "set", "cable", "up");
        Run("ip", "link", "set", Cable, "up");
    }

    /// <summary>This machine's address at the near end.</summary>
    public string HereAddress { get; }

    private string Cable => _name;

    /// <summary>Makes one.</summary>
    /// <returns>The network; null where that is not allowed.</returns>
    public static Network? TryMake()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip"))
            return null;
        // Names of interfaces have at most 15 letters; networks of other test runs have other process numbers.
        var number = Interlocked.Increment(ref _count);
        var process = Environment.ProcessId;
        var net = string.Create(CultureInfo.InvariantCulture, $"10.{200 + (number % 50)}.{process / 64 % 256}.");
        var first = process % 64 * 4;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"mf{process % 1_000_000}n{number}"), string.Create(CultureInfo.InvariantCulture, $"{net}{first + 1}"),
            string.Create(CultureInfo.InvariantCulture, $"{net}{first + 2}"));
    }

    /// <summary>Makes a command run at the far end.</summary>
    public void Enter(ProcessStartInfo command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.ArgumentList.Insert(0, $"--net=/run/netns/{_name}");
        command.ArgumentList.Insert(1, command.FileName);
        command.FileName = "nsenter";
    }

    /// <summary>Pulls the cable out.</summary>
    public void Cut() => Run("ip", "link", "set", Cable, "down");

    /// <summary>Puts it in again.</summary>
    public void Restore() => Run("ip", "link", "set", Cable, "up");

    /// <inheritdoc/>
    public void Dispose()
    {
        Run("ip", "link", "del", Cable);
        Run("ip", "netns", "del", _name);
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {errors}");
    }
}
