namespace NotebookTestRunner.FrontEnd;

/// <summary>The kinds of steps of a simulated user.</summary>
public enum UserStepKind
{
    /// <summary><c>answer TEXT</c>: to the next question of the cell.</summary>
    Answer,

    /// <summary><c>click "Train"</c>: a button.</summary>
    Click,

    /// <summary><c>set "Layers" to 3</c>: moves a slider, chooses from a list, ticks a box, writes into a field.</summary>
    Set,

    /// <summary><c>draw seven.json on "Sketchpad"</c>: gives a widget what a file holds.</summary>
    Draw,

    /// <summary><c>send {"event": "…"} to "Sketchpad"</c>: a message of the widget's own kind.</summary>
    Send,

    /// <summary><c>expect "Prediction" 7</c>: waits until the widget shows that.</summary>
    Expect,

    /// <summary><c>expect printed TEXT</c>: waits until something the user did has printed or displayed that.</summary>
    ExpectPrinted,
}
