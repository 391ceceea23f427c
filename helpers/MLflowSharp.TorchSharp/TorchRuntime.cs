using System.Reflection;
using System.Runtime.InteropServices;
using MLflowSharp.TorchSharp.Native;
using TorchSharp;

namespace MLflowSharp.TorchSharp;

/// <summary>Makes PyTorch's native libraries ready before the first tensor.</summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static bool _initialized;

    /// <summary>
    /// Loads libtorch and lets torch compute on one thread. Everything in this package calls it by itself; call it first where a program
    /// or a notebook uses <c>torch</c> directly. Later calls do nothing.
    /// </summary>
    /// <remarks>
    /// On Linux the libraries are also found where packages are linked rather than copied and inside a notebook kernel, and the native part
    /// of TorchSharp, built for libstdc++ 13, is loaded beside an older libstdc++ (Debian 12, RHEL 9) from a copy in memory. On Windows and
    /// macOS TorchSharp's own loading is left to do its work. One thread is the default because small networks gain nothing from more, and
    /// lose much when other programs want the processor; <c>torch.set_num_threads(n)</c> afterwards changes it.
    /// </remarks>
    /// <exception cref="DllNotFoundException">A native library is missing or cannot be loaded; the message says which, why and what to do.</exception>
    public static void Initialize()
    {
        lock (Gate)
        {
            if (_initialized)
                return;

            if (OperatingSystem.IsLinux())
                LoadOnLinux(NativeLibraryLocator.ForProcess(typeof(torch).Assembly, Assembly.GetExecutingAssembly()));

            torch.set_num_threads(1);
            _initialized = true;
        }
    }

    private static void LoadOnLinux(NativeLibraryLocator locator)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new PlatformNotSupportedException(
                $"TorchSharp has no native library for Linux on {RuntimeInformation.ProcessArchitecture}; run on an x64 machine.");
        }

        // Loading by full path in the order of dependence: each then finds the ones before it by name.
        foreach (var name in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" })
            NativeLibrary.Load(locator.Find(name));

        var bridge = locator.Find("libLibTorchSharp.so");
        if (LibStdCxxIsNewEnough())
            NativeLibrary.Load(bridge);
        else
            LoadBesideOlderLibStdCxx(bridge);
    }

    private static bool LibStdCxxIsNewEnough() =>
        NativeLibrary.TryGetExport(NativeLibrary.Load("libstdc++.so.6"), LinkMarkerPatch.Marker, out _);

    private static void LoadBesideOlderLibStdCxx(string bridge)
    {
        try
        {
            MemoryLibrary.Load(Path.GetFileName(bridge), LinkMarkerPatch.Apply(File.ReadAllBytes(bridge)));
        }
        catch (Exception failure) when (failure is InvalidDataException or DllNotFoundException or System.ComponentModel.Win32Exception)
        {
            throw new DllNotFoundException(
                $"{bridge} was built for a newer libstdc++ than this system has, and could not be loaded beside it: {failure.Message} " +
                "Use a system with gcc 13's libstdc++ or later (Debian 13, Ubuntu 24.04, RHEL 10), or put such a libstdc++.so.6 on LD_LIBRARY_PATH.",
                failure);
        }
    }
}
