using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using MLflowSharp;

namespace Interop.Images;

/// <summary>Pictures that we log and that MLflow for Python logs of the same numbers, as Pillow reads them.</summary>
public sealed class LoggedImageTests : IDisposable
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    private static readonly string[] Smooth = ["a~b c", "grey_of_3", "every.value", "int"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pillow_reads_the_same_pixels_under_the_same_names_from_both()
    {
        var python = PythonEnvironment.Require();
        var cases = Cases();
        var run = Log(cases);
        var arrays = _folder.Combine("arrays.json");
        await File.WriteAllTextAsync(arrays, ToJson(cases).ToJsonString(), TestContext.Current.CancellationToken);

        var found = await PythonEnvironment.RunAsync("log_images", PythonEnvironment.NewestMlflow, WithPillow(python.Command(
            PythonEnvironment.NewestMlflow, [PythonEnvironment.Script("log_images"), _folder.TrackingUri, run, arrays])));

        var (series, still) = (found["series"]!, found["still"]!);
        AssertSameNames(series, 2 * cases.Count);
        AssertSameNames(still, cases.Count);
        Assert.Equal(["True", "True"], found["tags"]!.AsArray().GetValues<string>());
        Assert.Contains("images/a~b c+step+1+timestamp+1700000000124+{uuid}+compressed.webp", series["ours"]!.AsArray().GetValues<string>());
        foreach (var picture in still["pictures"]!.AsArray().Concat(series["pictures"]!.AsArray()))
        {
            var (name, ours) = ((string)picture!["name"]!, picture["ours"]!.ToJsonString());
            Assert.Equal((name, picture["theirs"]!.ToJsonString()), (name, ours));
            // The small WebP files lose something by their nature, and each encoder something else: most of noise, little of smooth pictures.
            if (name.EndsWith(".png", StringComparison.Ordinal))
                Assert.True((bool)picture["equal"]!, $"{name} {ours} has other pixels: {picture["difference"]} away on average.");
            else if (Smooth.Any(key => name.StartsWith($"images/{key}+", StringComparison.Ordinal)))
                Assert.True((double)picture["difference"]! < 5, $"{name} {ours} is {picture["difference"]} away on average.");
        }
    }

    /// <summary>The environment has no Pillow: where TUTORIAL_PILLOW says that one is, or Debian's, linked to from a folder that is put on the path.</summary>
    private Command WithPillow(Command command)
    {
        var folder = Environment.GetEnvironmentVariable("TUTORIAL_PILLOW") is { Length: > 0 } chosen ? chosen : "/usr/lib/python3/dist-packages";
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "PIL")), $"No Pillow (PIL) in '{folder}'. Debian: apt-get install python3-pil; elsewhere: pip install --target FOLDER pillow, and TUTORIAL_PILLOW=FOLDER.");
        var links = Directory.CreateDirectory(_folder.Combine("pillow")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(links, "PIL"), Path.Combine(folder, "PIL"));
        return command.WithEnvironmentVariables(command.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Key == "PYTHONPATH" ? links : variable.Value));
    }

    private string Log(List<(string Key, string Type, Array Pixels)> cases)
    {
        using var client = new MlflowClient(_folder.TrackingUri, new() { DatabaseVersion = "3.17", DefaultArtifactRoot = _folder.Combine("artifacts") });
        var run = client.CreateRun(client.CreateExperiment("images")).Info.RunId;
        for (var step = 0; step < cases.Count; step++)
        {
            var image = MlflowImage.FromArray(cases[step].Pixels);
            client.LogImage(run, image, cases[step].Key, step, Time.AddMilliseconds(step));
            client.LogImage(run, image, $"still/{step}.png");
        }

        client.SetTerminated(run);
        return run;
    }

    private static List<(string Key, string Type, Array Pixels)> Cases()
    {
        var random = new Random(1);
        var every = new float[16, 16];
        for (var i = 0; i < 256; i++)
            every[i / 16, i % 16] = i / 255f;
        return
        [
            ("grey", "uint8", Fill(new byte[7, 5], _ => (byte)random.Next(256))),
            ("a/b c", "uint8", Fill(new byte[200, 300, 3], at => (byte)((at[0] + (at[1] * (at[2] + 1))) / 4))),
            ("with-opacity", "uint8", Fill(new byte[9, 4, 4], _ => (byte)random.Next(256))),
            ("grey_of_3", "uint8", Fill(new byte[30, 20, 1], at => (byte)(at[0] * 8))),
            ("every.value", "float32", every),
            ("float32", "float32", Fill(new float[40, 30, 3], _ => random.NextSingle())),
            ("float64", "float64", Fill(new double[40, 30, 4], _ => random.NextDouble())),
            ("scaled32", "float32", Fill(new float[40, 30], _ => (random.NextSingle() * 9) - 2)),
            ("scaled64", "float64", Fill(new double[40, 30, 3], _ => (random.NextDouble() * 9) - 2)),
            ("bool", "bool", Fill(new bool[12, 12], at => at[0] > at[1])),
            ("int", "int32", Fill(new int[12, 12, 3], at => at[0] * at[1])),
        ];
    }

    private static Array Fill<T>(Array array, Func<int[], T> value)
    {
        var channels = array.Rank == 3 ? array.GetLength(2) : 1;
        for (var i = 0; i < array.Length; i++)
        {
            int[] at = [i / channels / array.GetLength(1), i / channels % array.GetLength(1), i % channels];
            array.SetValue(value(at), at[..array.Rank]);
        }

        return array;
    }

    private static JsonArray ToJson(List<(string Key, string Type, Array Pixels)> cases) => new([.. cases.Select((image, step) => new JsonObject
    {
        ["key"] = image.Key,
        ["type"] = image.Type,
        ["step"] = step,
        ["timestamp"] = Time.AddMilliseconds(step).ToUnixTimeMilliseconds(),
        ["shape"] = JsonSerializer.SerializeToNode(Enumerable.Range(0, image.Pixels.Rank).Select(image.Pixels.GetLength)),
        ["values"] = new JsonArray([.. image.Pixels.Cast<IConvertible>().Select(value => JsonValue.Create(value.ToDouble(null)))]),
    })]);

    private static void AssertSameNames(JsonNode compared, int count)
    {
        var ours = compared["ours"]!.AsArray().GetValues<string>().ToList();
        Assert.Equal(compared["theirs"]!.AsArray().GetValues<string>(), ours);
        Assert.Equal(count, ours.Count);
    }
}
