namespace MLflowSharp;

/// <summary>Whether a run or an experiment is in use or has been moved to the trash. Deleted things can be restored.</summary>
public enum LifecycleStage
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Marked as deleted; nothing may be logged to it until it is restored.</summary>
    Deleted,
}
