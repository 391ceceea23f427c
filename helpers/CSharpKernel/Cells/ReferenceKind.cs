namespace CSharpKernel.Cells;

/// <summary>What a reference line asks for.</summary>
internal enum ReferenceKind
{
    /// <summary><c>#r "path.dll"</c>.</summary>
    Assembly,

    /// <summary><c>#r "nuget: Name, version"</c>.</summary>
    Package,

    /// <summary><c>#i "nuget: folder or address"</c>.</summary>
    PackageSource,
}
