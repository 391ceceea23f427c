namespace MLflowSharp.Server.Users;

/// <summary>What a user may do with an experiment or a registered model; each includes those before it.</summary>
internal enum Permission
{
    /// <summary>Not even see it.</summary>
    NoPermissions,

    /// <summary>See it.</summary>
    Read,

    /// <summary>As <see cref="Read"/>; MLflow 3.12 and later know it for resources that can be called.</summary>
    Use,

    /// <summary>Log to it and change it.</summary>
    Edit,

    /// <summary>Delete and restore in it, and say what others may.</summary>
    Manage,
}
