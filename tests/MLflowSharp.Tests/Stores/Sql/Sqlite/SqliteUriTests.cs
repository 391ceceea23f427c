using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

public sealed class SqliteUriTests
{
    [Theory]
    [InlineData("sqlite:///mlflow.db")]
    [InlineData("sqlite:///./mlflow.db")]
    public void Three_slashes_name_a_file_in_the_current_folder(string uri) =>
        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "mlflow.db"), SqliteUri.ToPath(uri));

    [Fact]
    public void Four_slashes_name_an_absolute_path_taken_literally()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other paths.");
        Assert.Equal("/data/with%20percent.db", SqliteUri.ToPath("sqlite:////data/with%20percent.db"));
    }

    [Theory]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///")]
    [InlineData("sqlite:///:memory:")]
    public void SQLAlchemy_s_names_for_a_database_in_memory_are_understood(string uri) => Assert.Equal(":memory:", SqliteUri.ToPath(uri));

    [Theory]
    [InlineData("sqlite:mlflow.db")]
    [InlineData("sqlite:/mlflow.db")]
    public void An_address_without_a_file_is_refused_with_an_example(string uri) =>
        Assert.Contains("Write sqlite:///mlflow.db", Assert.Throws<MlflowException>(() => SqliteUri.ToPath(uri)).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_are_refused() =>
        Assert.Contains("options after '?'", Assert.Throws<MlflowException>(() => SqliteUri.ToPath("sqlite:///a.db?mode=ro")).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_kind_of_store_is_refused_with_an_example() =>
        Assert.Contains("Use a SQLite database", Assert.Throws<MlflowException>(() => new MlflowClient("mysql://host/mlflow")).Message, StringComparison.Ordinal);
}
