using MLflowSharp.Journal.Records;

namespace MLflowSharp.Tests.Journal.Records;

public sealed class RecordTests
{
    private const string Run = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Every_kind_of_record_is_read_as_it_was_written()
    {
        var longText = string.Concat(Enumerable.Repeat("ü€😀", 5000));
        JournalRecord[] records =
        [
            new(RecordKind.Batch, Run)
            {
                Metrics =
                [
                    new("loss", double.NaN, 0, long.MinValue), new("ü/€:1", double.NegativeInfinity, long.MaxValue, -1),
                    new(new string('k', 250), -0.0, 1) { ModelId = "m-1", DatasetName = "", DatasetDigest = "d" },
                ],
                Params = [new("p", ""), new("q", longText)],
                Tags = [new("t", "line\r\nline\t\u0001"), new("u", new string('x', 8000))],
            },
            new(RecordKind.Batch, Run) { Metrics = [.. Enumerable.Range(0, 1000).Select(i => new Metric($"m{i}", i / 3.0, i, i))] },
            new(RecordKind.DeleteTag, Run) { Key = "gone" },
            new(RecordKind.Inputs, Run) { Datasets = [new(new("n", "d", "local", "{}", longText, null), [new("a", "b"), new("c", "")])] },
            new(RecordKind.Inputs, Run) { ModelInputs = [new("m-1"), new("m-2")] },
            new(RecordKind.Outputs, Run) { ModelOutputs = [new("m-1", -7), new("m-2", long.MaxValue)] },
            new(RecordKind.RunInfo, Run) { Status = RunStatus.Killed, EndTime = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), RunName = "name" },
            new(RecordKind.RunInfo, Run),
        ];
        foreach (var record in records)
            Same(record, Read(RecordEncoder.Encode(record)));
        Same(new(RecordKind.Batch, Run) { Metrics = [new("loss", 0.5, 3, 4)] }, Read(RecordEncoder.Metric(Run, "loss", 0.5, 3, 4)));
    }

    [Fact]
    public void A_frame_holds_only_in_its_place_and_only_unchanged()
    {
        var frame = RecordEncoder.Metric(Run, "loss", 1, 2, 3).ToArray();
        Frame.Seal(frame, 4096);
        Assert.True(Frame.IsIntact(frame, 4096));
        Assert.False(Frame.IsIntact(frame, 4097));
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            var isTakenBack = bit == Frame.StateOffset * 8;
            // The length is checked by whoever cuts the frame out of its file.
            if (bit >= 32)
                Assert.Equal(isTakenBack, Frame.IsIntact(frame, 4096));
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Bytes_that_are_no_record_are_refused_and_never_read_beyond()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            if (bytes.Length > 0)
                bytes[0] = (byte)random.Next(7);
            try
            {
                RecordDecoder.Decode(bytes);
            }
            catch (Exception error)
            {
                Assert.True(error is InvalidDataException or ArgumentOutOfRangeException, error.ToString());
            }
        }
    }

    private static JournalRecord Read(ReadOnlySpan<byte> frame) => RecordDecoder.Decode(frame[Frame.HeadLength..]);

    private static void Same(JournalRecord expected, JournalRecord actual)
    {
        Assert.Equal((expected.Kind, expected.RunId, expected.Key, expected.Status, expected.EndTime, expected.RunName), (actual.Kind, actual.RunId, actual.Key, actual.Status, actual.EndTime, actual.RunName));
        Assert.Equal(expected.Metrics, actual.Metrics);
        Assert.Equal(expected.Params, actual.Params);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected.Datasets.Select(input => input.Dataset), actual.Datasets.Select(input => input.Dataset));
        Assert.Equal(expected.Datasets.SelectMany(input => input.Tags), actual.Datasets.SelectMany(input => input.Tags));
        Assert.Equal(expected.ModelInputs, actual.ModelInputs);
        Assert.Equal(expected.ModelOutputs, actual.ModelOutputs);
    }
}
