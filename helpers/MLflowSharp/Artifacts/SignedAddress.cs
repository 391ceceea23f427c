namespace MLflowSharp.Artifacts;

/// <summary>An address at which one file of a storage may be read or written for a while.</summary>
/// <param name="Url">The address.</param>
/// <param name="Headers">What the request has to say as well.</param>
/// <param name="FileSize">Bytes of the file; null for one that is to be written.</param>
internal sealed record SignedAddress(string Url, IReadOnlyDictionary<string, string> Headers, long? FileSize = null);
