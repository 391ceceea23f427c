using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Tests.Artifacts.Proxied;

/// <summary>The artifact routes of MLflow's server over a local folder, as a handler: bare names in listings, entity tags, ranges.</summary>
internal sealed class FakeArtifactServer(string folder) : HttpMessageHandler
{
    private const string Api = "/api/2.0/mlflow-artifacts/artifacts";
    private readonly LocalArtifactRepository _files = new(folder);

    /// <summary>What listings answer instead of what is there; null for what is there.</summary>
    public string? Listing { get; set; }

    /// <summary>What every artifact route answers; null to work.</summary>
    public (HttpStatusCode Status, string Text)? Refusal { get; set; }

    /// <summary>Whether names are decoded once more, as MLflow does.</summary>
    public bool DecodesTwice { get; set; }

    /// <summary>Authorization headers of all requests.</summary>
    public List<string?> Authorizations { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Authorizations)
            Authorizations.Add(request.Headers.Authorization?.ToString());
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith(Api, StringComparison.Ordinal))
            return new(HttpStatusCode.NotFound) { Content = new StringContent("<!doctype html><title>404 Not Found</title>", Encoding.UTF8, "text/html") };
        if (Refusal is { } refusal)
            return new(refusal.Status) { Content = new StringContent(refusal.Text) };
        var name = Uri.UnescapeDataString(path[Api.Length..].TrimStart('/'));
        name = DecodesTwice ? Uri.UnescapeDataString(name) : name;
        if (DecodesTwice && name.Contains('#', StringComparison.Ordinal))
            return Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid path");
        try
        {
            return request.Method.Method switch
            {
                "GET" when name.Length == 0 => await ListAsync(request.RequestUri.Query, cancellationToken),
                "GET" => await ReadAsync(name, request.Headers, cancellationToken),
                "PUT" => await WriteAsync(name, request.Content!, cancellationToken),
                _ => await DeleteAsync(name, cancellationToken),
            };
        }
        catch (MlflowException error)
        {
            return Error((HttpStatusCode)error.ErrorCode.ToHttpStatus(), error.ErrorCode.ToMlflowName(), error.Message);
        }
    }

    private async Task<HttpResponseMessage> ListAsync(string query, CancellationToken cancellationToken)
    {
        var path = query.StartsWith("?path=", StringComparison.Ordinal) ? Uri.UnescapeDataString(query["?path=".Length..]) : null;
        var files = (await _files.ListArtifactsAsync(path, cancellationToken)).Select(entry => entry.IsDirectory
            ? $$"""{"path": {{JsonSerializer.Serialize(Path.GetFileName(entry.Path))}}, "is_dir": true}"""
            : $$"""{"path": {{JsonSerializer.Serialize(Path.GetFileName(entry.Path))}}, "is_dir": false{{(entry.FileSize > 0 ? $", \"file_size\": {entry.FileSize}" : "")}}}""");
        return new(HttpStatusCode.OK) { Content = new StringContent(Listing ?? $$"""{"files": [{{string.Join(", ", files)}}]}""", Encoding.UTF8, "application/json") };
    }

    private async Task<HttpResponseMessage> ReadAsync(string name, HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        using var content = await _files.OpenReadAsync(name, null, cancellationToken);
        using var memory = new MemoryStream();
        await content.Stream.CopyToAsync(memory, cancellationToken);
        var bytes = memory.ToArray();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes), 0, 8)}\"");
        var from = headers.Range is { } range && (headers.IfRange is null || headers.IfRange.EntityTag?.Tag == tag.Tag) ? range.Ranges.Single().From!.Value : 0;
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = new ByteArrayContent(bytes, (int)from, (int)(bytes.Length - from)) };
        response.Headers.ETag = tag;
        if (from > 0)
            response.Content.Headers.ContentRange = new(from, bytes.Length - 1, bytes.Length);
        return response;
    }

    private async Task<HttpResponseMessage> WriteAsync(string name, HttpContent content, CancellationToken cancellationToken)
    {
        // MLflow's server takes a body without a length for an empty one.
        var length = content.Headers.ContentLength ?? 0;
        var body = await content.ReadAsByteArrayAsync(cancellationToken);
        await _files.WriteAsync(name, (stream, token) => stream.WriteAsync(body.AsMemory(0, (int)length), token).AsTask(), cancellationToken);
        return new(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await _files.DeleteArtifactsAsync(name, cancellationToken);
        return new(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
    }

    private static HttpResponseMessage Error(HttpStatusCode status, string code, string message) => new(status)
    {
        Content = new StringContent($$"""{"error_code": "{{code}}", "message": {{JsonSerializer.Serialize(message)}}}""", Encoding.UTF8, "application/json"),
    };
}
