namespace MLflowSharp.Journal.Records;

/// <summary>What a record asks the store to do. The numbers are in files: never change one.</summary>
internal enum RecordKind : byte
{
    /// <summary>Metrics, parameters and tags of a run.</summary>
    Batch = 1,

    /// <summary>Delete a tag of a run.</summary>
    DeleteTag = 2,

    /// <summary>Datasets and logged models that a run used.</summary>
    Inputs = 3,

    /// <summary>Logged models that a run made.</summary>
    Outputs = 4,

    /// <summary>Change status, end time or name of a run.</summary>
    RunInfo = 5,
}
