using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Artifacts;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Reading artifacts, as the Python module <c>mlflow.artifacts</c> (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html).</summary>
#pragma warning disable CA1034 // MLflow's name for the module is mlflow.artifacts.
    public static class Artifacts
#pragma warning restore CA1034
    {
        /// <summary>Makes artifacts available locally and returns their full path (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html#mlflow.artifacts.download_artifacts).</summary>
        /// <param name="artifactUri">What to download, as for <see cref="MlflowClient.DownloadArtifactsAsync(string, ArtifactTransferOptions?, string?, CancellationToken)"/>; or else name a run.</param>
        /// <param name="runId">The run whose artifacts to download; only without <paramref name="artifactUri"/>.</param>
        /// <param name="artifactPath">File or folder among the run's artifacts; null for all of them.</param>
        /// <param name="destinationDirectory">Folder to copy into; null for the original where it is local, else a new temporary folder.</param>
        /// <param name="transfer">Progress, parallelism; null for the defaults.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE unless exactly one of <paramref name="artifactUri"/> and <paramref name="runId"/> is given; RESOURCE_DOES_NOT_EXIST.</exception>
        public static Task<string> DownloadArtifactsAsync(
            string? artifactUri = null, string? runId = null, string? artifactPath = null, string? destinationDirectory = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
        {
            CheckOne(artifactUri, runId, artifactPath);
            return artifactUri is not null
                ? Client.DownloadArtifactsAsync(artifactUri, transfer, destinationDirectory, cancellationToken)
                : Client.DownloadArtifactsAsync(runId!, artifactPath ?? "", destinationDirectory, transfer, cancellationToken);
        }

        /// <inheritdoc cref="DownloadArtifactsAsync"/>
        public static string DownloadArtifacts(string? artifactUri = null, string? runId = null, string? artifactPath = null, string? destinationDirectory = null, ArtifactTransferOptions? transfer = null) =>
            MlflowClient.Wait(DownloadArtifactsAsync(artifactUri, runId, artifactPath, destinationDirectory, transfer));

        /// <summary>Lists one folder, sorted by path (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html#mlflow.artifacts.list_artifacts).</summary>
        /// <param name="artifactUri">The folder; or else name a run.</param>
        /// <param name="runId">The run whose artifacts to list; only without <paramref name="artifactUri"/>.</param>
        /// <param name="artifactPath">Folder among the run's artifacts; null for their top.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>The entries; paths are relative to what the URI leads into. None for a file and for what does not exist.</returns>
        public static async Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string? artifactUri = null, string? runId = null, string? artifactPath = null, CancellationToken cancellationToken = default)
        {
            CheckOne(artifactUri, runId, artifactPath);
            if (artifactUri is null)
                return await Client.ListArtifactsAsync(runId!, artifactPath, cancellationToken);
            var (repository, path, _) = await Client.ResolveArtifactAsync(artifactUri, cancellationToken);
            return await repository.ListArtifactsAsync(path, cancellationToken);
        }

        /// <inheritdoc cref="ListArtifactsAsync"/>
        public static IReadOnlyList<ArtifactInfo> ListArtifacts(string? artifactUri = null, string? runId = null, string? artifactPath = null) => MlflowClient.Wait(ListArtifactsAsync(artifactUri, runId, artifactPath));

        /// <summary>Reads a text in UTF-8 (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html#mlflow.artifacts.load_text).</summary>
        /// <param name="artifactUri">The file.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; BAD_REQUEST when it is not UTF-8.</exception>
        public static async Task<string> LoadTextAsync(string artifactUri, CancellationToken cancellationToken = default)
        {
            try
            {
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(await BytesAsync(artifactUri, cancellationToken));
            }
            catch (DecoderFallbackException error)
            {
                throw new MlflowException($"The artifact '{artifactUri}' is not a text in UTF-8. Download it with DownloadArtifacts and read it in its own encoding.", ErrorCode.BadRequest, error);
            }
        }

        /// <inheritdoc cref="LoadTextAsync"/>
        public static string LoadText(string artifactUri) => MlflowClient.Wait(LoadTextAsync(artifactUri));

        /// <summary>Reads a JSON file such as <see cref="LogDict"/> writes (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html#mlflow.artifacts.load_dict).</summary>
        /// <param name="artifactUri">The file.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; BAD_REQUEST when it is not JSON.</exception>
        public static async Task<JsonNode> LoadDictAsync(string artifactUri, CancellationToken cancellationToken = default)
        {
            try
            {
                return JsonNode.Parse(await LoadTextAsync(artifactUri, cancellationToken)) ?? throw new JsonException("It is null.");
            }
            catch (JsonException error)
            {
                throw new MlflowException($"The artifact '{artifactUri}' is not JSON: {error.Message} Read it with LoadText.", ErrorCode.BadRequest, error);
            }
        }

        /// <inheritdoc cref="LoadDictAsync"/>
        public static JsonNode LoadDict(string artifactUri) => MlflowClient.Wait(LoadDictAsync(artifactUri));

        /// <summary>Reads a picture (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.artifacts.html#mlflow.artifacts.load_image).</summary>
        /// <param name="artifactUri">The file.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; INVALID_PARAMETER_VALUE when it is not a picture.</exception>
        public static async Task<MlflowImage> LoadImageAsync(string artifactUri, CancellationToken cancellationToken = default) =>
            MlflowImage.FromBytes(await BytesAsync(artifactUri, cancellationToken));

        /// <inheritdoc cref="LoadImageAsync"/>
        public static MlflowImage LoadImage(string artifactUri) => MlflowClient.Wait(LoadImageAsync(artifactUri));

        private static async Task<byte[]> BytesAsync(string artifactUri, CancellationToken cancellationToken)
        {
            var (repository, path, _) = await Client.ResolveArtifactAsync(artifactUri, cancellationToken);
            using var content = await repository.OpenReadAsync(path, null, cancellationToken);
            using var memory = new MemoryStream();
            await content.Stream.CopyToAsync(memory, cancellationToken);
            return memory.ToArray();
        }

        private static void CheckOne(string? artifactUri, string? runId, string? artifactPath)
        {
            if (artifactUri is null == runId is null)
                throw MlflowException.Invalid("Exactly one of artifactUri and runId must be given.");
            if (artifactUri is not null && artifactPath is not null)
                throw MlflowException.Invalid("artifactPath goes with runId; write the path into the artifactUri instead.");
        }
    }
}
