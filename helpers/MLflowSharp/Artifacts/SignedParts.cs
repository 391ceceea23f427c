namespace MLflowSharp.Artifacts;

/// <summary>A file that comes in parts.</summary>
/// <param name="UploadId">What the storage calls the upload.</param>
/// <param name="Urls">Where to PUT each part, the first one first.</param>
internal sealed record SignedParts(string UploadId, IReadOnlyList<string> Urls);
