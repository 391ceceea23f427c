using System.Net.NetworkInformation;

namespace MLflowSharp.SystemMetrics.Sources;

/// <summary>What went through all network interfaces since the measuring began.</summary>
internal sealed class Network : ISystemMetricsSource
{
    private readonly (double Received, double Sent) _start = Count();

    public IEnumerable<Reading> Read()
    {
        var (received, sent) = Count();
        return
        [
            new("network_receive_megabytes", (received - _start.Received) / 1e6, IsTotal: true),
            new("network_transmit_megabytes", (sent - _start.Sent) / 1e6, IsTotal: true),
        ];
    }

    private static (double Received, double Sent) Count()
    {
        var statistics = NetworkInterface.GetAllNetworkInterfaces().Select(network => network.GetIPStatistics()).ToList();
        return (statistics.Sum(one => (double)one.BytesReceived), statistics.Sum(one => (double)one.BytesSent));
    }
}
