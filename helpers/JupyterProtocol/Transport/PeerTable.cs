namespace JupyterProtocol.Transport;

/// <summary>The peers of a socket whose handshake is done, by identity, and what they subscribed to. May be used from any thread.</summary>
internal sealed class PeerTable
{
    private const int MostTopics = 256;

    private readonly Dictionary<string, (ZmtpConnection Connection, List<byte[]> Topics)> _peers = [];
    private readonly Lock _lock = new();

    /// <summary>All connections.</summary>
    public ZmtpConnection[] Connections
    {
        get
        {
            lock (_lock)
                return [.. _peers.Values.Select(peer => peer.Connection)];
        }
    }

    /// <summary>Adds a peer. One that comes back takes the place of its connection that broke unnoticed (as ROUTER_HANDOVER does), which is returned.</summary>
    public ZmtpConnection? Join(byte[] identity, ZmtpConnection connection)
    {
        lock (_lock)
        {
            var former = _peers.TryGetValue(Key(identity), out var known) ? known.Connection : null;
            _peers[Key(identity)] = (connection, []);
            return former;
        }
    }

    /// <summary>Removes a peer, unless another connection took its place.</summary>
    public void Leave(byte[] identity, ZmtpConnection connection)
    {
        lock (_lock)
            if (_peers.TryGetValue(Key(identity), out var known) && known.Connection == connection)
                _peers.Remove(Key(identity));
    }

    /// <summary>Begins or ends a subscription.</summary>
    public void Subscribe(byte[] identity, byte[] topic, bool begins)
    {
        lock (_lock)
        {
            if (!_peers.TryGetValue(Key(identity), out var peer))
                return;
            // One end for one beginning, as in ZeroMQ.
            if (!begins && peer.Topics.FindIndex(known => known.AsSpan().SequenceEqual(topic)) is >= 0 and var index)
                peer.Topics.RemoveAt(index);
            else if (begins && peer.Topics.Count < MostTopics)
                peer.Topics.Add(topic);
        }
    }

    /// <summary>Queues a message for one peer; false when it is not there.</summary>
    public bool TryAdd(byte[] identity, IReadOnlyList<byte[]> frames)
    {
        lock (_lock)
        {
            if (!_peers.TryGetValue(Key(identity), out var peer))
                return false;
            // What does not fit is lost, as its reader does not read.
            peer.Connection.Queue.TryAdd(frames);
            return true;
        }
    }

    /// <summary>Queues a message for all that subscribed to what its first frame begins with.</summary>
    public void AddToSubscribers(IReadOnlyList<byte[]> message)
    {
        lock (_lock)
            foreach (var (connection, topics) in _peers.Values)
                if (topics.Exists(topic => message[0].AsSpan().StartsWith(topic)))
                    connection.Queue.TryAdd(message);
    }

    private static string Key(byte[] identity) => Convert.ToHexString(identity);
}
