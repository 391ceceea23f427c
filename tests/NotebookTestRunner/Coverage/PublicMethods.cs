using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NotebookTestRunner.Coverage;

/// <summary>The public methods of an assembly that have code, read from its file.</summary>
public static class PublicMethods
{
    /// <summary>Reads them: constructors, methods and property accessors of public types, what the compiler made aside.</summary>
    /// <param name="assemblyPath">The assembly's file.</param>
    public static IReadOnlySet<MethodName> Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var metadata = file.GetMetadataReader();
        var methods = new HashSet<MethodName>();
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(type => IsPublic(metadata, type)))
        {
            var name = FullName(metadata, type);
            methods.UnionWith(type.GetMethods().Select(metadata.GetMethodDefinition).Where(method => IsWritten(metadata, method)).Select(method => new MethodName(name, metadata.GetString(method.Name))));
        }
        return methods;
    }

    /// <summary>A type's name as <see cref="MethodName.Type"/> has it.</summary>
    internal static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer) return $"{FullName(metadata, metadata.GetTypeDefinition(outer))}+{name}";
        var space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static bool IsPublic(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsPublic(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    /// <summary>Whether somebody wrote it: what records, properties and enumerations get from the compiler is nobody's to show.</summary>
    private static bool IsWritten(MetadataReader metadata, MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public && method.RelativeVirtualAddress != 0
        && !metadata.GetString(method.Name).Contains('<', StringComparison.Ordinal)
        && !method.GetCustomAttributes().Any(attribute => AttributeName(metadata, attribute) == "CompilerGeneratedAttribute");

    private static string? AttributeName(MetadataReader metadata, CustomAttributeHandle handle) => metadata.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
        && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name)
            : null;
}
