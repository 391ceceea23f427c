using System.Globalization;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace NotebookTestRunner.Coverage;

/// <summary>
/// Which methods a .NET kernel ran: its runtime writes down each method when it is first needed (EventPipe,
/// https://learn.microsoft.com/dotnet/core/diagnostics/eventpipe). Nothing is changed in the code, and a method costs some microseconds once.
/// </summary>
public static class KernelTrace
{
    // Methods as they are compiled (0x10) and as compiled ones are taken from files (0x2000000000), in full detail.
    private const string Events = "Microsoft-Windows-DotNETRuntime:0x2000000010:5";

    /// <summary>Environment variables that make a kernel write its trace.</summary>
    /// <param name="path">The file; each kernel needs one of its own.</param>
    public static IReadOnlyDictionary<string, string> Variables(string path) => new Dictionary<string, string>
    {
        ["DOTNET_EnableEventPipe"] = "1",
        ["DOTNET_EventPipeOutputPath"] = path,
        ["DOTNET_EventPipeConfig"] = Events,
        ["DOTNET_EventPipeRundown"] = "0",
        ["DOTNET_EventPipeCircularMB"] = 256.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Reads the methods of a trace.</summary>
    /// <param name="path">The file that an ended kernel left.</param>
    /// <exception cref="NotebookRunException">There is none, or it is damaged: the kernel was killed, or is not of .NET.</exception>
    public static IReadOnlySet<MethodName> Read(string path)
    {
        var methods = new HashSet<MethodName>();
        try
        {
            using var source = new EventPipeEventSource(path);
            var events = new ClrTraceEventParser(source);
            events.MethodLoadVerbose += method => methods.Add(Named(method.MethodNamespace, method.MethodName));
            events.MethodR2RGetEntryPoint += method => methods.Add(Named(method.MethodNamespace, method.MethodName));
            source.Process();
        }
        catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new NotebookRunException(
                $"The trace of the kernel, {path}, cannot be read: {error.Message} Only kernels of .NET that end by themselves leave a whole one.", error);
        }
        return methods;
    }

    /// <summary>Without what a generic type or method was made for.</summary>
    private static MethodName Named(string type, string name) => new(type.Split('[')[0], name.Split('[')[0]);
}
