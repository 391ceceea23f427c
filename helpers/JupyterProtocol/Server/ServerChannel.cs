namespace JupyterProtocol.Server;

/// <summary>The channels on which a kernel answers somebody in particular.</summary>
internal enum ServerChannel
{
    /// <summary>Cells, completion and all the rest.</summary>
    Shell,

    /// <summary>What must be answered while a cell runs.</summary>
    Control,

    /// <summary>Questions to the person at the front end.</summary>
    Stdin,
}
