using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Interop.Neighbour;

/// <summary>Where programs listen, as Linux tells it (proc(5), /proc/PID/net/tcp).</summary>
internal static partial class Listeners
{
    private const string Listening = "0A";

    /// <summary>A process and all that it and those have started.</summary>
    public static IReadOnlyList<int> WithChildren(int process)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Select(id => (Id: id, Parent: Parent(id))).ToList();
        List<int> found = [process];
        for (var index = 0; index < found.Count; index++)
            found.AddRange(parents.Where(pair => pair.Parent == found[index]).Select(pair => pair.Id));
        return found;
    }

    /// <summary>The addresses and ports that a process listens at.</summary>
    public static IEnumerable<IPEndPoint> Of(int process)
    {
        HashSet<string> sockets = [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget).OfType<string>().Select(target => Socket().Match(target).Groups[1].Value)];
        return from table in (string[])["tcp", "tcp6"]
               from line in File.ReadLines($"/proc/{process}/net/{table}").Skip(1)
               let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where words[3] == Listening && sockets.Contains(words[9])
               select EndPoint(words[1]);
    }

    // Words of 32 bits as they stand in memory, and the port.
    private static IPEndPoint EndPoint(string text)
    {
        var parts = text.Split(':');
        var bytes = Convert.FromHexString(parts[0]).Chunk(sizeof(int)).SelectMany(word => word.Reverse()).ToArray();
        return new(new IPAddress(bytes), int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static int Parent(int process)
    {
        try
        {
            // What stands in brackets may hold anything.
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [GeneratedRegex(@"^socket:\[(\d+)\]$")]
    private static partial Regex Socket();
}
