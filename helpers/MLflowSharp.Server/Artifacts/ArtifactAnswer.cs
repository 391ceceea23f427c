using System.Net.Http.Headers;
using Microsoft.AspNetCore.StaticFiles;
using MLflowSharp.Artifacts;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Artifacts;

/// <summary>Answers with a file, whole or in part, always as an attachment: a page shown under the server's own address could act in the user's name.</summary>
internal static class ArtifactAnswer
{
    private static readonly HashSet<string> TextTypes = new(StringComparer.Ordinal)
    {
        ".txt", ".log", ".err", ".cfg", ".conf", ".cnf", ".cf", ".ini", ".properties", ".prop", ".hocon", ".toml", ".yaml", ".yml", ".xml", ".json", ".js", ".py",
        ".py3", ".csv", ".tsv", ".md", ".rst", ".ipynb",
    };

    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    /// <summary>Opens a file for an answer.</summary>
    public static async Task<RestResponse> OpenAsync(RestCall call, IArtifactRepository repository, string path, CancellationToken cancellationToken)
    {
        var content = await repository.OpenReadAsync(path, null, cancellationToken);
        try
        {
            if (content is { Length: { } length, Version: { } version } && RangeOf(call.Request, $"\"{version}\"", length) is var (from, to))
            {
                if (from >= length)
                    return OutOfRange(content, length);
                content = await SeekAsync(repository, path, content, from, cancellationToken);
                if (content.Offset == from || content.Stream.CanSeek)
                    return Describe(new(206, MediaTypeOf(path), content.Stream, to - from + 1, content), path, content, $"bytes {from}-{to}/{length}");
                content.Dispose();
                content = await repository.OpenReadAsync(path, null, cancellationToken);
            }

            return Describe(new(200, MediaTypeOf(path), content.Stream, content.Length, content), path, content, null);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>The media type by the name, as in MLflow: what people may want to read is plain text.</summary>
    public static string MediaTypeOf(string path)
    {
        var (_, name) = ArtifactPath.Split(path);
        var extension = System.IO.Path.GetExtension(name);
        if (TextTypes.Contains(extension) || name is "MLmodel" or "MLproject")
            return "text/plain; charset=utf-8";
        return MediaTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream";
    }

    private static RestResponse Describe(RestResponse answer, string path, ArtifactContent content, string? range)
    {
        var (_, name) = ArtifactPath.Split(path);
        answer.Headers["Content-Disposition"] = new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();
        answer.Headers["X-Content-Type-Options"] = "nosniff";
        if (content.Version is { } version)
        {
            answer.Headers["Accept-Ranges"] = "bytes";
            answer.Headers["ETag"] = $"\"{version}\"";
        }

        if (range is not null)
            answer.Headers["Content-Range"] = range;
        return answer;
    }

    private static RestResponse OutOfRange(ArtifactContent content, long length)
    {
        content.Dispose();
        var answer = Answers.Text(416, $"The file has {length} bytes. Ask for a range within.");
        answer.Headers["Content-Range"] = $"bytes */{length}";
        return answer;
    }

    private static async Task<ArtifactContent> SeekAsync(IArtifactRepository repository, string path, ArtifactContent content, long from, CancellationToken cancellationToken)
    {
        if (content.Stream.CanSeek)
        {
            content.Stream.Position = from;
            return content;
        }

        var (version, length) = (content.Version, content.Length);
        content.Dispose();
        return await repository.OpenReadAsync(path, new(from, version, length), cancellationToken);
    }

    /// <summary>The one range that is asked for; null for the whole file, also when the file is another than the asker has the beginning of.</summary>
    private static (long From, long To)? RangeOf(RestRequest request, string tag, long length)
    {
        if (request.Header("If-Range") is { } condition && condition != tag)
            return null;
        if (!RangeHeaderValue.TryParse(request.Header("Range"), out var header) || header is not { Unit: "bytes", Ranges.Count: 1 })
            return null;
        var range = header.Ranges.First();
        return range.From is { } from
            ? (from, Math.Min(range.To ?? long.MaxValue, length - 1))
            : (Math.Max(0, length - range.To!.Value), length - 1);
    }
}
