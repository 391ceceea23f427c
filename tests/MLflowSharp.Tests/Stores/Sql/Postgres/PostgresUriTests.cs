using MLflowSharp.Stores.Sql.Postgres;
using Npgsql;

namespace MLflowSharp.Tests.Stores.Sql.Postgres;

public sealed class PostgresUriTests
{
    [Theory]
    [InlineData("postgresql://eero:s%40cr%2Ft%3A@db.example.org:6543/ml%20flow", "db.example.org", 6543, "eero", "s@cr/t:", "ml flow")]
    [InlineData("postgres://eero@db/mlflow", "db", 5432, "eero", null, "mlflow")]
    [InlineData("postgresql+psycopg2://e%C3%A9ro:p+w@db/mlflow", "db", 5432, "eéro", "p+w", "mlflow")]
    [InlineData("POSTGRESQL+psycopg://eero:a@b:c@db/mlflow", "db", 5432, "eero", "a@b:c", "mlflow")]
    [InlineData("postgresql://eero@[::1]:6543/mlflow", "::1", 6543, "eero", null, "mlflow")]
    [InlineData("postgresql://eero@/mlflow?host=/var/run/postgresql&port=6543", "/var/run/postgresql", 6543, "eero", null, "mlflow")]
    [InlineData("postgresql://db/mlflow?user=eero&password=x%26y", "db", 5432, "eero", "x&y", "mlflow")]
    [InlineData("postgresql://eero@db", "db", 5432, "eero", null, "eero")]
    public void An_address_is_read_as_SQLAlchemy_reads_it(string uri, string host, int port, string user, string? password, string database)
    {
        Assert.True(PostgresUri.Matches(uri));
        var parsed = PostgresUri.Parse(uri);
        Assert.Equal((host, port, user, password, database), (parsed.Host, parsed.Port, parsed.Username, parsed.Password, parsed.Database));
    }

    [Fact]
    public void Options_of_libpq_are_understood()
    {
        var parsed = PostgresUri.Parse("postgresql://eero@db/mlflow?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=7&options=-csearch_path%3Dteam&application_name=x");
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem", 7, "-csearch_path=team", "x"), (parsed.SslMode, parsed.RootCertificate, parsed.Timeout, parsed.Options, parsed.ApplicationName));
    }

    [Theory]
    [InlineData("postgresql://eero:s3cret@db/mlflow?sslmod=require", "'sslmod'")]
    [InlineData("postgresql://eero:s3cret@db/mlflow?sslmode=perhaps", "'sslmode'")]
    [InlineData("postgresql://eero:s3cret@db:port/mlflow", "'port'")]
    public void What_cannot_be_used_is_named_and_the_password_is_not(string uri, string named)
    {
        var error = Assert.Throws<MlflowException>(() => new MlflowClient(uri));
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite:///mlflow.db")]
    [InlineData("postgresqlx://db/mlflow")]
    [InlineData("postgresql:db")]
    public void Other_addresses_are_not_its_own(string uri) => Assert.False(PostgresUri.Matches(uri));
}
