namespace MLflowSharp.Stores.Sql;

/// <summary>Schema revisions ("alembic heads") of MLflow's database and the releases that use them.</summary>
internal static class SchemaRevision
{
    // Release heads from 2.15 on. Between them no NOT NULL column without a default was added to a table written here,
    // so a database at any of them can be read and appended to by column name.
    private static readonly (string Revision, string Releases)[] Known =
    [
        ("4465047574b1", "2.14.3 to 2.16"),
        ("f5a4f2784254", "2.17"),
        ("0584bdc529eb", "2.18 to 2.22"),
        ("6953534de441", "3.0 and 3.1.0"),
        ("cbc13b556ace", "3.1.1"),
        ("770bee3ae1dd", "3.1.3 to 3.2"),
        ("1a0cddfcaa16", "3.3"),
        ("71994744cf8e", "3.4"),
        ("bf29a5ff90ea", "3.5 to 3.7"),
        ("1bd49d398cd23", "3.8.0"),
        ("c9d4e5f6a7b8", "3.8.1"),
        ("2c33131f4dae", "3.9"),
        ("1b5f0d9ad7c1", "3.10.0"),
        ("76601a5f987d", "3.10.1 and 3.11"),
        ("7d34483879f0", "3.12"),
        .. new[]
        {
            "da6fb0208061", "89d3d66ed43f", "b7e4c1a90f23", "a8b9c0d1e2f3", "c1d2e3f4a5b6", "c3d9e7f1a2b4",
            "6f8d9c3b2a1e", "1971f2d9a75b", "17e22815139b", "b7e2c1a4d9f3", "75868b020152",
        }.Select(revision => (revision, "3.13 to 3.16")),
        ("dc11669786a5", "3.17"),
    ];

    /// <summary>Versions whose schema a new database can get.</summary>
    public static readonly string[] Creatable = ["2.15", "2.22", "3.3", "3.17"];

    /// <summary>Which MLflow releases use a revision; null when the revision is not known here.</summary>
    public static string? ReleasesOf(string revision) =>
        Known.FirstOrDefault(known => known.Revision == revision).Releases;

    /// <summary>All known revisions for an error message.</summary>
    public static string Table => string.Join(
        "; ", Known.GroupBy(known => known.Releases).Select(group => $"{string.Join(", ", group.Select(known => known.Revision))} = MLflow {group.Key}"));

    /// <summary>Refuses a database that is not MLflow's or is of a version that is not known here, and leaves it untouched.</summary>
    public static void Check(SqlSession session, SchemaColumns columns)
    {
        var (name, upgrade) = (session.Dialect.Name, $"mlflow db upgrade {session.Dialect.UriForUpgrade}");
        string[] needed = ["alembic_version", "experiments", "experiment_tags", "runs", "params", "tags", "metrics", "latest_metrics", "datasets", "inputs", "input_tags"];
        if (needed.FirstOrDefault(table => !columns.Has(table)) is { } missing)
        {
            throw MlflowException.Invalid(
                $"'{name}' is a database, but not one of MLflow 2.14.3 or later (it has no table '{missing}'). "
                + $"Choose another with Mlflow.SetTrackingUri; an older MLflow database is brought up to date by: {upgrade}");
        }

        var revision = session.Text("SELECT version_num FROM alembic_version");
        if (revision is null || ReleasesOf(revision) is null)
        {
            throw new MlflowException(
                $"The database '{name}' has schema revision '{revision ?? "none"}', which is not known here; it is left untouched. "
                + $"Known: {Table}. If it is older than these, upgrade a copy of it with: {upgrade}. "
                + "If it is newer, use an MLflowSharp that knows it, or a database of your own.", ErrorCode.InvalidState);
        }
    }

    /// <summary>The whole DDL of a version for a kind of database, and its revision.</summary>
    public static (string Ddl, string Revision) ReadScript(string kind, string version)
    {
        if (!Creatable.Contains(version))
        {
            throw MlflowException.Invalid(
                $"A new database cannot be created for MLflow '{version}'. Choose one of {string.Join(", ", Creatable)} "
                + $"in {nameof(MlflowClientOptions)}.{nameof(MlflowClientOptions.DatabaseVersion)}.");
        }

        using var stream = typeof(SchemaRevision).Assembly.GetManifestResourceStream($"{kind}-{version}.sql")!;
        using var reader = new StreamReader(stream);
        var revision = reader.ReadLine()!.Split(':')[1].Trim();
        return (reader.ReadToEnd(), revision);
    }
}
