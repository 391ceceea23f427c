namespace MLflowSharp.Maintenance;

/// <summary>What can be deleted, in the order in which it is removed for good.</summary>
internal enum DeletedKind
{
    /// <summary>A logged model.</summary>
    LoggedModel,

    /// <summary>A run.</summary>
    Run,

    /// <summary>An experiment, once its runs and models are gone.</summary>
    Experiment,
}
