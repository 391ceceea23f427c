using System.Runtime.InteropServices;
using JupyterProtocol;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>What the doctor asks of the machine it is on; tests answer in its place.</summary>
internal interface IPlace
{
    /// <summary>The system, the user's folder and the environment.</summary>
    Platform Platform { get; }

    /// <summary>The name of the machine.</summary>
    string Host { get; }

    /// <summary>The name of the user.</summary>
    string User { get; }

    /// <summary>What the machine runs.</summary>
    Architecture Machine { get; }

    /// <summary>How many processors this process may use, by affinity and control group.</summary>
    int Processors { get; }

    /// <summary>How many bytes this process may use, by the machine and by control group.</summary>
    long Memory { get; }

    /// <summary>What the clock says.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether the library of cultures, which .NET programs load when they start, is found; true where the system brings its own.</summary>
    bool HasIcu { get; }

    /// <summary>Whether there is such a file or folder.</summary>
    bool Exists(string path);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and what it wrote to both its streams.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    (int ExitCode, string Output) Run(string folder, string program, params string[] arguments);

    /// <summary>The kind of the file system that a folder is on, as the system names it, and what is free there.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    (string FileSystem, long FreeBytes) DiskOf(string folder);

    /// <summary>Writes a file into a folder, which is made when it is missing, and removes it again.</summary>
    /// <returns>When the file was written, by the clock of the file system.</returns>
    /// <exception cref="IOException">That is not possible.</exception>
    /// <exception cref="UnauthorizedAccessException">That is not allowed.</exception>
    DateTimeOffset Write(string folder);

    /// <summary>The file of a folder that was changed last; null when there is none.</summary>
    (string File, DateTimeOffset Changed)? NewestIn(string folder);

    /// <summary>Listens at a port of this machine alone, and stops that.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">That is not possible.</exception>
    void Listen(int port);

    /// <summary>Whether .NET sends a request for this address to a proxy.</summary>
    bool IsProxied(Uri address);

    /// <summary>Tries whether SQLite's locks keep two programs apart in a folder.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    string? TryLocks(string folder);
}
