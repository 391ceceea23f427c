using System.Globalization;

namespace MLflowSharp.Projects.Slurm;

/// <summary>Reads durations as sbatch writes them (https://slurm.schedmd.com/sbatch.html#OPT_time).</summary>
internal static class SlurmTime
{
    /// <summary>Minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes or days-hours:minutes:seconds; null for what is none of these.</summary>
    public static TimeSpan? Read(string text)
    {
        var parts = text.Split('-');
        var hasDays = parts.Length == 2;
        if (parts.Length > 2 || !parts.SelectMany(part => part.Split(':')).All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return null;
        var numbers = parts[^1].Split(':').Select(number => (double)int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (hasDays, numbers) switch
        {
            (true, [var hours]) => Of(hours, 0, 0),
            (true, [var hours, var minutes]) => Of(hours, minutes, 0),
            (false, [var minutes]) => Of(0, minutes, 0),
            (false, [var minutes, var seconds]) => Of(0, minutes, seconds),
            (_, [var hours, var minutes, var seconds]) => Of(hours, minutes, seconds),
            _ => null,
        };

        TimeSpan Of(double hours, double minutes, double seconds) =>
            TimeSpan.FromSeconds((((((hasDays ? int.Parse(parts[0], CultureInfo.InvariantCulture) : 0) * 24.0) + hours) * 60) + minutes) * 60 + seconds);
    }
}
