using System.CommandLine;

namespace MLflowSharp.Serving;

/// <summary>The model that a command is about.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create() => new("model")
    {
        Description = "A folder with an MLmodel file, or models:/NAME@ALIAS, models:/NAME/VERSION, models:/m-ID, runs:/RUN_ID/NAME.",
    };
}
