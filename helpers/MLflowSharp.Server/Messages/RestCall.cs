using System.Buffers;
using System.Net;

namespace MLflowSharp.Server.Messages;

/// <summary>A request that found its route.</summary>
/// <param name="request">The request.</param>
/// <param name="values">The values of what is in braces in the route's path, unescaped.</param>
internal sealed class RestCall(RestRequest request, IReadOnlyDictionary<string, string> values)
{
    /// <summary>Longer than all that stores accept: 100 MB. It is held in memory.</summary>
    private const int LongestMessage = 100 << 20;

    /// <summary>The request.</summary>
    public RestRequest Request => request;

    /// <summary>A value from the path.</summary>
    public string this[string name] => values[name];

    /// <summary>The query's keys and values, unescaped.</summary>
    public IEnumerable<KeyValuePair<string, string>> Query =>
        request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split('=', 2)).Select(item => KeyValuePair.Create(Unescape(item[0]), item.Length > 1 ? Unescape(item[1]) : ""));

    /// <summary>The first value of a key in the query; null when it is not there.</summary>
    public string? QueryValue(string key) => Query.Where(item => item.Key == key).Select(item => item.Value).FirstOrDefault();

    /// <summary>Reads the request's message from its query (GET) or its body.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="required">The fields that have to be there, in the order in which they are looked at.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE as in MLflow's server.</exception>
    public async Task<T> ReadAsync<T>(string[] required, CancellationToken cancellationToken)
        where T : class, new()
    {
        var message = request.Method is "GET" or "HEAD" && request.Query.Length > 0
            ? MessageReader<T>.FromQuery(Query, required)
            : MessageReader<T>.FromBody(await ReadBodyAsync(cancellationToken), required);
        foreach (var field in required)
            MessageFields<T>.Require(message, field);
        return message;
    }

    /// <summary>Reads a message without required fields.</summary>
    public Task<T> ReadAsync<T>(CancellationToken cancellationToken)
        where T : class, new() => ReadAsync<T>([], cancellationToken);

    /// <summary>Reads the whole body, which has to be JSON where MLflow wants it so.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        CheckContentType();
        return await ReadAsync(request.Body, LongestMessage, $"A message may have {LongestMessage >> 20} MB; send it in parts.", cancellationToken);
    }

    /// <summary>Reads a stream that may be of some length, and no more of it.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int longest, string tooLong, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (bytes.Length + read > longest)
                    throw MlflowException.Invalid(tooLong);
                bytes.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private void CheckContentType()
    {
        if (request.Method is not ("POST" or "PUT"))
            return;
        var type = request.Header("Content-Type") ?? throw MlflowException.Invalid("Bad Request. Content-Type header is missing. Send application/json.");
        if (type.Split(';')[0] != "application/json")
            throw MlflowException.Invalid("Bad Request. Content-Type must be one of ['application/json'].");
    }

    private static string Unescape(string text) => WebUtility.UrlDecode(text);
}
