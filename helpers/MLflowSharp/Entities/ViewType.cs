namespace MLflowSharp;

/// <summary>Which lifecycle stages a search returns.</summary>
public enum ViewType
{
    /// <summary>Only active things (the default of every search).</summary>
    ActiveOnly = 1,

    /// <summary>Only deleted things.</summary>
    DeletedOnly = 2,

    /// <summary>Both.</summary>
    All = 3,
}
