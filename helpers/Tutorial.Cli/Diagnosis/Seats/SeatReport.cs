using System.Text.Json;
using System.Text.Json.Serialization;
using Tutorial.Helpers;

namespace Tutorial.Cli.Diagnosis.Seats;

/// <summary>What <c>doctor --json</c> prints: one seat of a class, or this machine.</summary>
/// <param name="Host">The machine.</param>
/// <param name="User">Who asked.</param>
/// <param name="Time">When, by that machine's clock.</param>
/// <param name="Passed">Whether every check did.</param>
/// <param name="Checks">What was looked at, in order.</param>
internal sealed record SeatReport(string Host, string User, DateTimeOffset Time, bool Passed, IReadOnlyList<EnvironmentItem> Checks)
{
    /// <summary>Reads what was printed, whatever stands before it, such as a message of the day.</summary>
    /// <param name="output">What a seat printed.</param>
    /// <returns>Null when there is no report in it.</returns>
    public static SeatReport? Read(string output)
    {
        for (var start = output.IndexOf('{', StringComparison.Ordinal); start >= 0; start = output.IndexOf('{', start + 1))
        {
            try
            {
                var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(output[start..]));
                if (JsonSerializer.Deserialize(ref reader, SeatJson.Default.SeatReport) is { } report)
                    return report;
            }
            catch (JsonException)
            {
                // Not that brace.
            }
        }

        return null;
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SeatJson.Default.SeatReport);
}

/// <summary>How reports are written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SeatReport))]
internal sealed partial class SeatJson : JsonSerializerContext;
