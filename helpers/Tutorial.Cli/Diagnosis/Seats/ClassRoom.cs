using System.ComponentModel;
using System.Diagnostics;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Diagnosis.Seats;

/// <summary>The seats of a class: asked over ssh, or read where each has left its report.</summary>
/// <param name="Ssh">The program that reaches a seat; it is given options, the seat's name and the command.</param>
/// <param name="Command">What is run there; it prints a report.</param>
/// <param name="Timeout">How long a seat may take.</param>
internal sealed record ClassRoom(string Ssh, string Command, TimeSpan Timeout)
{
    private const int AtOnce = 8;

    /// <summary>Reads the reports in a folder, by the names of their files.</summary>
    /// <exception cref="CliException">It has none.</exception>
    public static IReadOnlyList<Seat> ReadFolder(string folder)
    {
        List<Seat> seats =
        [
            .. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
                .Select(file => SeatReport.Read(File.ReadAllText(file)) is { } report ? new Seat(Path.GetFileNameWithoutExtension(file), report, null) : new(Path.GetFileNameWithoutExtension(file), null, $"{file} is no report of `doctor --json`")),
        ];
        return seats.Count > 0 ? seats : throw new CliException($"There are no reports in {folder}: let each seat run `doctor --save {folder}` first.");
    }

    /// <summary>The seats that a file names: one a line, as ssh knows them (<c>user@host</c>); <c>#</c> begins a remark.</summary>
    /// <exception cref="CliException">It names none, or one that ssh would take for an option.</exception>
    public static IReadOnlyList<string> ReadNames(string file)
    {
        List<string> names = [.. File.ReadLines(file).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).Distinct()];
        return names.Find(name => name.StartsWith('-') || name.Any(char.IsWhiteSpace)) is { } odd ? throw new CliException($"'{odd}' in {file} is no name of a seat: write one a line, as ssh takes it (user@host).")
            : names.Count > 0 ? names
            : throw new CliException($"{file} names no seats: write one a line, as ssh takes it (user@host).");
    }

    /// <summary>Asks all seats, a few at once.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Seat>> AskAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var seats = new Seat[names.Count];
        await Parallel.ForAsync(0, names.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, stop) => seats[index] = await AskAsync(names[index], stop));
        return seats;
    }

    private async Task<Seat> AskAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        // Nobody is there to type a password or to look at a key.
        var start = new ProcessStartInfo(Ssh, ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", name, Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return SeatReport.Read(output) is { } report ? new(name, report, null) : new(name, null, Said(await error, output, process.ExitCode));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                return new(name, null, FormattableString.Invariant($"no answer in {Timeout.TotalSeconds:0} s"));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception fault)
        {
            throw new CliException($"'{Ssh}' cannot be started: {fault.Message}. Install an ssh client, or let each seat run `doctor --save FOLDER` and give --seats that folder.", fault);
        }
    }

    private static string Said(string error, string output, int code) =>
        (error + "\n" + output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() is { } line
            ? FormattableString.Invariant($"no report, but exit code {code}: {line}")
            : FormattableString.Invariant($"no report, but exit code {code}");
}
