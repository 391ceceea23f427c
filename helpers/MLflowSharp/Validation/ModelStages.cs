namespace MLflowSharp.Validation;

/// <summary>The stages of registered model versions. MLflow advises aliases instead.</summary>
internal static class ModelStages
{
    public const string None = "None";
    public const string Archived = "Archived";

    /// <summary>What a deleted version's row says: its number is not given again.</summary>
    public const string Deleted = "Deleted_Internal";

    /// <summary>All that a caller may name.</summary>
    public static readonly string[] All = [None, "Staging", "Production", Archived];

    /// <summary>Stages in which a version is in use: those that a transition may clear.</summary>
    public static readonly string[] Active = ["Staging", "Production"];
}
