namespace Tutorial.Helpers;

/// <summary>How far a reader is with a lesson.</summary>
public enum LessonState
{
    /// <summary>The check of its exercise was not run yet.</summary>
    Open,

    /// <summary>The check was run, and does not say "Right!" yet.</summary>
    Begun,

    /// <summary>The check says "Right!".</summary>
    Done,

    /// <summary>The file cannot be read, so that nothing is known.</summary>
    Unreadable,
}
