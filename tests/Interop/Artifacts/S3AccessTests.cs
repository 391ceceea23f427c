using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Interop.Services;
using MLflowSharp;
using MLflowSharp.Artifacts.S3;
using MLflowSharp.Artifacts.Transfer;

namespace Interop.Artifacts;

/// <summary>Who may do what with a real Ceph gateway: certificates, keys of a session, buckets for everyone, and buckets that are not listed.</summary>
[Collection(SharedCeph.Name)]
public sealed class S3AccessTests(CephGateway ceph) : IDisposable
{
    private readonly TemporaryFolder _local = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Dispose();

    [Fact]
    public async Task A_certificate_is_taken_if_its_authority_is_named_or_none_is_asked_for()
    {
        await RoundTripAsync(ceph.SecureOptions);
        await RoundTripAsync(ceph.SecureOptions with { CertificateBundle = Path.GetDirectoryName(ceph.Authority), AddressingStyle = S3AddressingStyle.Virtual });
        await RoundTripAsync(ceph.SecureOptions with { CertificateBundle = null, IgnoreTls = true });
        // As in MLflow, nothing is checked then.
        await RoundTripAsync(ceph.SecureOptions with { CertificateBundle = _local.Combine("missing.pem"), IgnoreTls = true });
    }

    [Fact]
    public async Task Any_other_certificate_is_refused_with_what_to_do()
    {
        await TestAuthority.WriteAsync(_local.Combine("other.pem"), _local.Combine("server.pem"), ["s3.localhost"]);
        foreach (var options in (S3ArtifactOptions[])[ceph.SecureOptions with { CertificateBundle = null }, ceph.SecureOptions with { CertificateBundle = _local.Combine("other.pem") }])
        {
            var error = await RoundTripAsync(options, ErrorCode.PermissionDenied);
            Assert.Contains("AWS_CA_BUNDLE", error!.Message, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(_local.Combine("empty.pem"), "", Cancelled);
        foreach (var file in (string[])["empty.pem", "missing.pem"])
        {
            var error = await RoundTripAsync(ceph.SecureOptions with { CertificateBundle = _local.Combine(file) }, ErrorCode.InvalidParameterValue);
            Assert.Contains(file, error!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keys_of_a_session_go_with_their_token()
    {
        ceph.Require();
        var keys = await PythonEnvironment.Require().RunS3ScriptAsync("s3_session", ceph, new Dictionary<string, string?> { ["MLFLOW_S3_ENDPOINT_URL"] = ceph.SessionEndpoint });
        var options = ceph.Options with { EndpointUrl = ceph.SessionEndpoint, AccessKeyId = (string?)keys["key"], SecretAccessKey = (string?)keys["secret"], SessionToken = (string?)keys["token"] };
        await RoundTripAsync(options);
        foreach (var token in (string?[])[null, "not the token", options.SessionToken![..^8]])
        {
            var error = await RoundTripAsync(options with { SessionToken = token }, ErrorCode.PermissionDenied);
            Assert.DoesNotContain(options.SessionToken![..20], error!.ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(options.SessionToken!, options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_for_everyone_is_read_without_keys()
    {
        var (bucket, owner) = await NewBucketAsync();
        using var _ = owner;
        await owner.Client.PutBucketAclAsync(new PutBucketAclRequest { BucketName = bucket, ACL = S3CannedACL.PublicRead }, Cancelled);
        await owner.Client.PutObjectAsync(new() { BucketName = bucket, Key = "data/a.txt", ContentBody = "open", CannedACL = S3CannedACL.PublicRead, UseChunkEncoding = false }, Cancelled);

        foreach (var options in (S3ArtifactOptions[])[ceph.Options, ceph.SecureOptions with { AddressingStyle = S3AddressingStyle.Virtual }])
        {
            using var nobody = new S3Clients(options with { Anonymous = true, AccessKeyId = null, SecretAccessKey = null });
            var repository = new S3ArtifactRepository($"s3://{bucket}/data", nobody);
            Assert.Equal([new ArtifactInfo("a.txt", IsDirectory: false, 4)], await repository.ListArtifactsAsync(null, Cancelled));
            Assert.Equal("open", await File.ReadAllTextAsync(await ArtifactTransfer.DownloadAsync(repository, "a.txt", _local.Combine("copy"), null, Cancelled), Cancelled));
            Assert.Equal(ErrorCode.PermissionDenied, (await Assert.ThrowsAsync<MlflowException>(() => WriteAsync(repository, "b.txt"))).ErrorCode);
        }
    }

    [Fact]
    public async Task Where_listing_is_forbidden_files_are_read_and_written_and_the_rest_is_explained()
    {
        var (bucket, owner) = await NewBucketAsync();
        using var _ = owner;
        await owner.Client.PutBucketPolicyAsync(
            new()
            {
                BucketName = bucket,
                Policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/guest"]},"Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::{{bucket}}/*"]}]}""",
            },
            Cancelled);
        using var guest = new S3Clients(await ceph.GuestAsync());
        var repository = new S3ArtifactRepository($"s3://{bucket}/runs/1", guest);

        await WriteAsync(repository, "folder/a.txt");
        var large = _local.Combine("large.bin");
        await File.WriteAllBytesAsync(large, new byte[17 << 20], Cancelled);
        await repository.UploadFileAsync(large, "large.bin", null, Cancelled);
        Assert.True(await repository.ExistsAsync("folder/a.txt", Cancelled));
        Assert.Equal("x", await File.ReadAllTextAsync(await ArtifactTransfer.DownloadAsync(repository, "folder/a.txt", _local.Combine("copy"), null, Cancelled), Cancelled));
        foreach (var refused in (Func<Task>[])[
            () => repository.ListArtifactsAsync(null, Cancelled),
            () => repository.ExistsAsync("missing.txt", Cancelled),
            () => ArtifactTransfer.DownloadAsync(repository, "folder", _local.Combine("copy"), null, Cancelled),
            () => ArtifactTransfer.DownloadAsync(repository, "", _local.Combine("copy"), null, Cancelled)])
        {
            var error = await Assert.ThrowsAsync<MlflowException>(refused);
            Assert.Equal(ErrorCode.PermissionDenied, error.ErrorCode);
            Assert.Contains("s3:ListBucket", error.Message, StringComparison.Ordinal);
        }
    }

    private async Task<(string Bucket, S3Clients Owner)> NewBucketAsync()
    {
        ceph.Require();
        var owner = new S3Clients(ceph.Options);
        var bucket = $"b-{Guid.NewGuid():N}";
        await owner.Client.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, Cancelled);
        return (bucket, owner);
    }

    /// <summary>Writes a file and reads it again.</summary>
    /// <returns>What it failed with as expected; null when it was to succeed.</returns>
    private async Task<MlflowException?> RoundTripAsync(S3ArtifactOptions options, ErrorCode? failure = null)
    {
        var bucket = await ceph.BucketAsync();
        using var clients = new S3Clients(options);
        var repository = new S3ArtifactRepository($"s3://{bucket}/access/{Guid.NewGuid():N}", clients);
        if (failure is { } code)
        {
            var error = await Assert.ThrowsAsync<MlflowException>(() => WriteAsync(repository, "a.txt"));
            Assert.Equal(code, error.ErrorCode);
            return error;
        }

        await WriteAsync(repository, "a.txt");
        using var content = await repository.OpenReadAsync("a.txt", null, Cancelled);
        using var reader = new StreamReader(content.Stream);
        Assert.Equal("x", await reader.ReadToEndAsync(Cancelled));
        return null;
    }

    private static Task WriteAsync(S3ArtifactRepository repository, string path) =>
        repository.WriteAsync(path, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes("x"), token).AsTask(), Cancelled);
}
