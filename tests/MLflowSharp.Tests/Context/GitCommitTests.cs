using MLflowSharp.Context;

namespace MLflowSharp.Tests.Context;

public sealed class GitCommitTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_branch_s_commit_is_found_from_any_folder_inside()
    {
        Write("repo/.git/HEAD", "ref: refs/heads/main\n");
        Write("repo/.git/refs/heads/main", $"{Commit}\n");
        Write("repo/src/deep/file.txt", "");
        Assert.Equal(Commit, GitCommit.Find(Path.Combine(_folder.FullName, "repo", "src", "deep")));
    }

    [Fact]
    public void A_detached_head_is_the_commit()
    {
        Write("repo/.git/HEAD", $"{Commit}\n");
        Assert.Equal(Commit, GitCommit.Find(Path.Combine(_folder.FullName, "repo")));
    }

    [Fact]
    public void A_packed_branch_is_found()
    {
        Write("repo/.git/HEAD", "ref: refs/heads/main\n");
        Write("repo/.git/packed-refs", $"# pack-refs with: peeled\nffffffffffffffffffffffffffffffffffffffff refs/heads/not-main\n{Commit} refs/heads/main\n");
        Assert.Equal(Commit, GitCommit.Find(Path.Combine(_folder.FullName, "repo")));
    }

    [Fact]
    public void A_worktree_is_followed_to_its_repository()
    {
        Write("repo/.git/refs/heads/topic", Commit);
        Write("repo/.git/worktrees/w/HEAD", "ref: refs/heads/topic\n");
        Write("repo/.git/worktrees/w/commondir", "../..\n");
        Write("w/.git", "gitdir: ../repo/.git/worktrees/w\n");
        Assert.Equal(Commit, GitCommit.Find(Path.Combine(_folder.FullName, "w")));
    }

    [Fact]
    public void A_repository_without_a_commit_has_none()
    {
        Write("repo/.git/HEAD", "ref: refs/heads/main\n");
        Assert.Null(GitCommit.Find(Path.Combine(_folder.FullName, "repo")));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
