using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Polling;

/// <summary>
/// Puts an answer together from curves without copying them. A browser that has the same answer already is told so, instead of getting megabytes again
/// (https://www.rfc-editor.org/rfc/rfc9110#name-etag).
/// </summary>
internal static class CurvesAnswer
{
    /// <summary>The answer to a request for a chart.</summary>
    public static RestResponse Of(RestRequest request, IReadOnlyList<Curve> curves)
    {
        var tag = TagOf(curves);
        var answer = Answers.NotModified(request, tag) ?? Whole(curves);
        answer.Headers["ETag"] = tag;
        // To be asked for each time: only the server knows whether it is still true, and for whom.
        answer.Headers["Cache-Control"] = "private, no-cache";
        return answer;
    }

    private static RestResponse Whole(IReadOnlyList<Curve> curves)
    {
        var parts = RunJson.Join(curves.Select(curve => curve.Json));
        var first = new Segment(parts[0], 0);
        var last = first;
        foreach (var part in parts.Skip(1))
            last = last.Followed(part);
        var all = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        return new(200, "application/json", PipeReader.Create(all).AsStream(), all.Length);
    }

    private static string TagOf(IReadOnlyList<Curve> curves)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var curve in curves)
            hash.AppendData(curve.Hash);
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}\"";
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long before) => (Memory, RunningIndex) = (memory, before);

        public Segment Followed(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
