using System.Globalization;

namespace MLflowSharp.Copying;

/// <summary>How much was copied, and read back alike.</summary>
internal sealed class CopyReport
{
    public int Experiments { get; set; }

    public int Runs { get; set; }

    public long Points { get; set; }

    public int LoggedModels { get; set; }

    public int RegisteredModels { get; set; }

    public int Versions { get; set; }

    public int Files { get; set; }

    public long Bytes { get; set; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Experiments} experiments, {Runs} runs with {Points} metric values, {LoggedModels} logged models, {RegisteredModels} registered models with {Versions} versions, {Files} files ({Bytes / 1e6:0.0} MB)");
}
