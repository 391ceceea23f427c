namespace CSharpKernel.Packages;

/// <summary>A package that cannot be added; the message says why and what to do.</summary>
internal class PackageException(string message) : Exception(message);
