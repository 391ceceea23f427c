using System.Reflection;

namespace CSharpKernel;

/// <summary>The versions that the kernel tells of itself.</summary>
internal static class KernelVersion
{
    /// <summary>The kernel's own version.</summary>
    public static string Current { get; } = typeof(KernelVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The version of C#.</summary>
    public const string Language = "14.0";
}
