using System.Globalization;

namespace Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Rounds">How often ours and the peer take turns.</param>
/// <param name="Write">Whether the README gets the table.</param>
/// <param name="Only">The one measurement to make; null for all.</param>
/// <param name="Commands">Whether to run the README's two commands instead of the measurements.</param>
internal sealed record Arguments(int Rounds, bool Write, string? Only, bool Commands)
{
    private const int DefaultRounds = 7;

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="names">The measurements there are.</param>
    /// <exception cref="ArgumentException">It is not understood; the message says how it is written.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args, IReadOnlyCollection<string> names)
    {
        var usage = $"Usage: dotnet run --project tests/Benchmarks -- [--write] [--only {string.Join('|', names)}] [--rounds N], or: … -- --commands [--write]";
        var parsed = new Arguments(DefaultRounds, false, null, false);
        while (!args.IsEmpty)
        {
            (parsed, args) = args switch
            {
                ["--write", .. var rest] => (parsed with { Write = true }, rest.ToArray()),
                ["--commands", .. var rest] => (parsed with { Commands = true }, rest.ToArray()),
                ["--only", var name, .. var rest] when names.Contains(name) => (parsed with { Only = name }, rest.ToArray()),
                ["--rounds", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 =>
                    (parsed with { Rounds = rounds }, rest.ToArray()),
                _ => throw new ArgumentException($"'{string.Join(' ', args.ToArray())}' is not understood. {usage}"),
            };
        }

        return parsed;
    }
}
