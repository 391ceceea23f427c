using System.Globalization;
using Microsoft.AspNetCore.StaticFiles;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;

namespace MLflowSharp.Server.Pages;

/// <summary>MLflow's own web pages: <c>/</c> and what it refers to, the scripts, styles and pictures under <c>/static-files</c>.</summary>
internal sealed class PageHandlers
{
    private const string FirstPage = "index.html";

    // As in MLflow: names of files change with their content, that of the first page does not.
    private const string Kept = "public, max-age=2419200";
    private const string AskedAgain = "no-cache";

    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    private readonly CompressedFiles _compressed = new();
    private readonly string? _folder;

    /// <summary>Serves the pages of a folder.</summary>
    /// <param name="folder">What a build of MLflow's pages made; null for none.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: there are no pages in the folder.</exception>
    public PageHandlers(string? folder) => _folder = Check(folder);

    /// <summary>Gives the full path of a folder that has pages; null for null.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: there are no pages in the folder.</exception>
    public static string? Check(string? folder) => folder is null ? null
        : File.Exists(Path.Combine(folder, FirstPage)) ? Path.GetFullPath(folder)
        : throw MlflowException.Invalid($"There are no web pages in '{folder}': it has no {FirstPage}. Give the folder mlflow/server/js/build of an installed MLflow.");

    public IEnumerable<Route> Routes => _folder is null ? [] :
    [
        new("GET", "/", (call, _) => AnswerAsync(call.Request, FirstPage, AskedAgain)),
        new("GET", "/static-files/{path}", (call, _) => AnswerAsync(call.Request, call["path"], Kept)),
    ];

    private async Task<RestResponse> AnswerAsync(RestRequest request, string path, string caching)
    {
        if (!IsPlain(path) || new FileInfo(Path.Combine(_folder!, path)) is not { Exists: true } file)
            return Answers.Html(404, "Not Found", "The web pages have no such file.");
        var encoding = CompressedFiles.EncodingFor(request.Header("Accept-Encoding"), file);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}{(encoding is null ? "" : "-" + encoding)}\"");
        var answer = Answers.NotModified(request, tag)
            ?? (encoding is null ? Open(file) : new RestResponse(200, MediaTypeOf(file.Extension), await _compressed.GetAsync(file, encoding)));
        if (encoding is not null)
            answer.Headers["Content-Encoding"] = encoding;
        answer.Headers["Vary"] = "Accept-Encoding";
        answer.Headers["Cache-Control"] = caching;
        answer.Headers["ETag"] = tag;
        answer.Headers["Last-Modified"] = file.LastWriteTimeUtc.ToString("R", CultureInfo.InvariantCulture);
        return answer;
    }

    private static RestResponse Open(FileInfo file)
    {
        var content = file.Open(new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        return new(200, MediaTypeOf(file.Extension), content, content.Length);
    }

    /// <summary>Whether a path stays within the folder, on every system: no segment is empty, goes up, or means a drive.</summary>
    private static bool IsPlain(string path) =>
        path.AsSpan().IndexOfAny('\\', ':', '\0') < 0 && !path.Split('/').Any(segment => segment is "" or "." or "..");

    private static string MediaTypeOf(string extension)
    {
        if (!MediaTypes.Mappings.TryGetValue(extension == ".cjs" ? ".js" : extension, out var type))
            return "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
    }
}
