using System.Text.RegularExpressions;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default)
    {
        KeyRules.Check(key, "key");
        return _root.RunAsync(() =>
        {
            var folder = FindTrace(traceId);
            var tags = Path.Combine(folder, "tags");
            KeyFiles.Check(tags, key);
            StoreFile.Write(KeyFiles.PathOf(tags, key), value, folder);
        }, cancellationToken);
    }

    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default)
    {
        KeyRules.Check(key, "key");
        return _root.RunAsync(() =>
        {
            if (!StoreFile.TryDelete(KeyFiles.PathOf(Path.Combine(FindTrace(traceId), "tags"), key)))
                throw MlflowException.Missing($"No tag with name: {key} in trace with ID {traceId}.");
        }, cancellationToken);
    }

    private string FindTrace(string traceId) =>
        TraceIdPattern().IsMatch(traceId) && ExperimentFolders().Select(folder => Path.Combine(folder, "traces", traceId)).FirstOrDefault(Directory.Exists) is { } found
            ? found
            : throw MlflowException.Missing($"Trace with ID '{traceId}' not found.");

    [GeneratedRegex(@"^[\w\-]{1,250}\z")]
    private static partial Regex TraceIdPattern();
}
