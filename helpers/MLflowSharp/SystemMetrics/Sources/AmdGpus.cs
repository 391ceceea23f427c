using System.Globalization;

namespace MLflowSharp.SystemMetrics.Sources;

/// <summary>
/// GPUs of AMD, from the files that the Linux driver amdgpu keeps for each (https://docs.kernel.org/gpu/amdgpu/). MLflow counts their
/// memory in gigabytes, not in megabytes as for the others.
/// </summary>
internal sealed class AmdGpus : ISystemMetricsSource
{
    private readonly IReadOnlyList<string> _devices;

    private AmdGpus(IReadOnlyList<string> devices) => _devices = devices;

    /// <summary>The GPUs; null when there are none.</summary>
    /// <param name="root">Where the driver's folders are, normally <c>/sys/class/drm</c>.</param>
    public static AmdGpus? Find(string root)
    {
        if (!Directory.Exists(root))
            return null;
        // Names with a dash, such as card0-DP-1, are the connectors of a card.
        var devices = Directory.EnumerateDirectories(root, "card*")
            .Where(card => int.TryParse(Path.GetFileName(card)["card".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderBy(card => int.Parse(Path.GetFileName(card)["card".Length..], CultureInfo.InvariantCulture))
            .Select(card => Path.Combine(card, "device"))
            .Where(device => File.Exists(Path.Combine(device, "mem_info_vram_total")))
            .ToList();
        return devices.Count > 0 ? new(devices) : null;
    }

    public IEnumerable<Reading> Read()
    {
        var readings = new List<Reading>();
        foreach (var (index, device) in _devices.Index())
        {
            var gpu = $"gpu_{index.ToString(CultureInfo.InvariantCulture)}";
            var used = Number(device, "mem_info_vram_used");
            Add($"{gpu}_memory_usage_percentage", used / Number(device, "mem_info_vram_total") * 100);
            Add($"{gpu}_memory_usage_gigabytes", used / 1e9);
            Add($"{gpu}_utilization_percentage", Number(device, "gpu_busy_percent"));
            var sensors = Path.Combine(device, "hwmon");
            if (!Directory.Exists(sensors) || Directory.EnumerateDirectories(sensors).FirstOrDefault() is not { } sensor)
                continue;
            // In microwatts; newer cards give the present power, older ones its mean.
            var power = Number(sensor, "power1_average") ?? Number(sensor, "power1_input");
            Add($"{gpu}_power_usage_watts", power / 1e6);
            Add($"{gpu}_power_usage_percentage", power / Number(sensor, "power1_cap") * 100);
        }

        return readings;

        void Add(string key, double? value)
        {
            if (value is { } number && double.IsFinite(number))
                readings.Add(new(key, number));
        }
    }

    // A sensor that a card does not have is no file, or one that cannot be read.
    private static double? Number(string folder, string name)
    {
        try
        {
            var path = Path.Combine(folder, name);
            return File.Exists(path) && double.TryParse(File.ReadAllText(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
