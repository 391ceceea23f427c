namespace Tutorial.Cli.Grading;

/// <summary>How an exercise stands.</summary>
internal enum GradeState
{
    /// <summary>The check says "Right!".</summary>
    Right,

    /// <summary>The check says something else, or the answer does not run to its end within its limits.</summary>
    Wrong,

    /// <summary>The lesson was handed in, and nothing is written in its exercise.</summary>
    NotAnswered,

    /// <summary>The lesson was not handed in.</summary>
    NotHandedIn,

    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>It could not be found out, for a reason that is not the student's.</summary>
    NotGraded,
}

/// <summary>What is known of one student and one lesson.</summary>
internal sealed record Grade
{
    /// <summary>How the exercise stands.</summary>
    public required GradeState State { get; init; }

    /// <summary>What the student is told: the check's words, or why there are none. Empty when nothing was handed in.</summary>
    public string Says { get; init; } = "";

    /// <summary>The file that was graded, as it is called in the submission.</summary>
    public string? File { get; init; }

    /// <summary>How many code cells the student had run when the notebook was saved.</summary>
    public int? CellsRun { get; init; }

    /// <summary>How many code cells that notebook has.</summary>
    public int? Cells { get; init; }

    /// <summary>How many of its cells are saved with an error that the lesson does not mean to show.</summary>
    public int? Errors { get; init; }

    /// <summary>How long grading took, the kernel's start included; null when nothing was run.</summary>
    public double? Seconds { get; init; }

    /// <summary>The page with what the answer showed, relative to the overview; null when nothing was run.</summary>
    public string? Page { get; init; }

    /// <summary>The state in words.</summary>
    public string Words => Name(State);

    /// <summary>A state in words.</summary>
    public static string Name(GradeState state) => state switch
    {
        GradeState.Right => "right",
        GradeState.Wrong => "wrong",
        GradeState.NotAnswered => "not answered",
        GradeState.NotHandedIn => "not handed in",
        GradeState.Unreadable => "unreadable",
        _ => "not graded",
    };
}
