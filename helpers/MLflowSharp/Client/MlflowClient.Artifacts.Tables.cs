using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Artifacts;
using MLflowSharp.Tables;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const string LoggedArtifactsTag = "mlflow.loggedArtifacts";

    /// <summary>
    /// Writes a table as an artifact, or appends to the one that is there, and records it in the tag <c>mlflow.loggedArtifacts</c>
    /// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html#mlflow.client.MlflowClient.log_table).
    /// </summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="data">
    /// Columns: a dictionary or anonymous object of lists, such as <c>new { question = new[] { "a", "b" }, score = new[] { 1.0, 0.5 } }</c>; one row:
    /// the same of single values; or a list of rows. A column of <see cref="MlflowImage"/> is written as files beside the table.
    /// </param>
    /// <param name="artifactFile">Where to; it ends in .json. None of <c>" ' , : [ ] { }</c> in it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE; DATA_LOSS when something else than a table is there. Nothing was written.</exception>
    public async Task LogTableAsync(string runId, object data, string artifactFile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var path = CheckTableFile(artifactFile);
        var table = ArtifactTable.From(data);
        CheckImages(table);
        var repository = await ArtifactsOfAsync(runId, cancellationToken);
        var existing = await repository.ExistsAsync(path, cancellationToken) ? await ReadTableAsync(repository, path, cancellationToken) : null;
        table = await WithImageFilesAsync(runId, table, path, cancellationToken);
        await LogBytesAsync(runId, TableText.Write(existing?.Append(table) ?? table), path, cancellationToken);

        var run = await GetRunAsync(runId, cancellationToken);
        var entries = LoggedArtifacts(run);
        if (entries.OfType<JsonObject>().Any(entry => entry["path"]?.ToString() == path && entry["type"]?.ToString() == "table"))
            return;
        var texts = entries.OfType<JsonObject>().Select(entry => $"{{{string.Join(", ", entry.Select(item => $"{TableText.Quote(item.Key)}: {(item.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? TableText.Quote(value.ToString()) : item.Value?.ToJsonString() ?? "null")}"))}}}");
        await SetTagAsync(runId, LoggedArtifactsTag, $"[{string.Join(", ", texts.Append($"{{\"path\": {TableText.Quote(path)}, \"type\": \"table\"}}"))}]", cancellationToken);
    }

    /// <inheritdoc cref="LogTableAsync"/>
    public void LogTable(string runId, object data, string artifactFile) => Wait(LogTableAsync(runId, data, artifactFile));

    /// <summary>
    /// Reads a table of several runs as one (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html#mlflow.client.MlflowClient.load_table),
    /// the newest run first.
    /// </summary>
    /// <param name="experimentId">Where the runs are.</param>
    /// <param name="artifactFile">The table's path, as given to <see cref="LogTable"/>.</param>
    /// <param name="runIds">Only these runs; null for all that have the table.</param>
    /// <param name="extraColumns">
    /// What to add of each run: <c>run_id</c>, <c>experiment_id</c>, <c>status</c>, <c>artifact_uri</c>, <c>start_time</c>, <c>end_time</c>,
    /// <c>metrics.x</c>, <c>params.x</c>, <c>tags.x</c>. Where the table has such a column, an underscore is appended.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when no run has the table.</exception>
    public async Task<ArtifactTable> LoadTableAsync(string experimentId, string artifactFile, IReadOnlyList<string>? runIds = null, IReadOnlyList<string>? extraColumns = null, CancellationToken cancellationToken = default)
    {
        var path = CheckTableFile(artifactFile);
        var filter = $"tags.`{LoggedArtifactsTag}` LIKE '%\"path\"%:%{TableText.Quote(path)},%\"type\"%:%\"table\"%'";
        var runs = new List<Run>();
        for (string? page = null, first = ""; first is not null; first = page)
        {
            var found = await SearchRunsAsync([experimentId], filter, pageToken: page, cancellationToken: cancellationToken);
            runs.AddRange(found.Where(run => runIds is not { Count: > 0 } || runIds.Contains(run.Info.RunId)));
            page = found.Token;
        }

        if (runIds is { Count: > 0 } && runs.Count != runIds.Distinct().Count())
            Options.Warn($"Not all of the {runIds.Count} runs have the table '{path}'; those without are left out.");
        ArtifactTable? all = null;
        foreach (var run in runs)
        {
            var table = await ReadTableAsync(ArtifactsAt(run.Info.ArtifactUri), path, cancellationToken);
            foreach (var column in extraColumns ?? [])
                table = table.With(table.Columns.Contains(column) ? column + "_" : column, AttributeOf(run, column));
            all = all?.Append(table) ?? table;
        }

        return all ?? throw MlflowException.Missing($"No runs found with the table '{path}' in experiment {experimentId}. Log it with LogTable.");
    }

    /// <inheritdoc cref="LoadTableAsync"/>
    public ArtifactTable LoadTable(string experimentId, string artifactFile, IReadOnlyList<string>? runIds = null, IReadOnlyList<string>? extraColumns = null) =>
        Wait(LoadTableAsync(experimentId, artifactFile, runIds, extraColumns));

    private static string CheckTableFile(string artifactFile)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        if (path.IndexOfAny(['"', '\'', ',', ':', '[', ']', '{', '}']) >= 0)
            throw MlflowException.Invalid($"The path '{artifactFile}' of a table may not hold any of \" ' , : [ ] {{ }}.");
        if (path.EndsWith(".parquet", StringComparison.Ordinal))
            throw new MlflowException($"The table '{artifactFile}' would be a Parquet file, which is not supported. Use a name that ends in .json.", ErrorCode.NotImplemented);
        return path.EndsWith(".json", StringComparison.Ordinal) ? path : throw MlflowException.Invalid($"The path '{artifactFile}' of a table must end in .json.");
    }

    private static async Task<ArtifactTable> ReadTableAsync(IArtifactRepository repository, string path, CancellationToken cancellationToken)
    {
        using var content = await repository.OpenReadAsync(path, null, cancellationToken);
        using var memory = new MemoryStream();
        await content.Stream.CopyToAsync(memory, cancellationToken);
        return TableText.Read(memory.ToArray(), path);
    }

    private static void CheckImages(ArtifactTable table)
    {
        foreach (var column in table.Columns)
        {
            var images = table[column].Count(cell => cell is MlflowImage);
            if (images > 0 && images < table.Rows.Count)
                throw MlflowException.Invalid($"The column '{column}' has images and other values. Put them into columns of their own.");
        }
    }

    // As MLflow: the files are beside the tables, and the cell says where.
    private async Task<ArtifactTable> WithImageFilesAsync(string runId, ArtifactTable table, string path, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var row in table.Rows)
        {
            var cells = new List<object?>();
            foreach (var cell in row)
            {
                if (cell is not MlflowImage image)
                {
                    cells.Add(cell);
                    continue;
                }

                var file = $"table_images/{path[..^".json".Length]}/{Guid.NewGuid()}";
                await LogBytesAsync(runId, image.ToPng(), $"{file}.png", cancellationToken);
                await LogBytesAsync(runId, image.ToThumbnail(), $"{file}.webp", cancellationToken);
                cells.Add(new Dictionary<string, object?> { ["type"] = "image", ["filepath"] = $"{file}.png", ["compressed_filepath"] = $"{file}.webp" });
            }

            rows.Add(cells);
        }

        return new(table.Columns, rows);
    }

    private static JsonArray LoggedArtifacts(Run run)
    {
        try
        {
            return JsonNode.Parse(run.Data.Tags.GetValueOrDefault(LoggedArtifactsTag, "[]")) as JsonArray ?? throw new JsonException("It is not a list.");
        }
        catch (JsonException damage)
        {
            throw new MlflowException($"The table is stored, but the tag {LoggedArtifactsTag} of the run {run.Info.RunId} is not a JSON list: {damage.Message} Delete the tag, then log the table again.", ErrorCode.DataLoss, damage);
        }
    }

    private static object? AttributeOf(Run run, string column) => column switch
    {
        "run_id" => run.Info.RunId,
        "experiment_id" => run.Info.ExperimentId,
        "status" => run.Info.Status.ToString().ToUpperInvariant(),
        "artifact_uri" => run.Info.ArtifactUri,
        "start_time" => run.Info.StartTime,
        "end_time" => run.Info.EndTime,
        _ when column.StartsWith("metrics.", StringComparison.Ordinal) => run.Data.Metrics.TryGetValue(column["metrics.".Length..], out var value) ? value : null,
        _ when column.StartsWith("params.", StringComparison.Ordinal) => run.Data.Params.GetValueOrDefault(column["params.".Length..]),
        _ when column.StartsWith("tags.", StringComparison.Ordinal) => run.Data.Tags.GetValueOrDefault(column["tags.".Length..]),
        _ => throw MlflowException.Invalid($"A run has no '{column}'. Extra columns are run_id, experiment_id, status, artifact_uri, start_time, end_time, metrics.x, params.x and tags.x."),
    };
}
