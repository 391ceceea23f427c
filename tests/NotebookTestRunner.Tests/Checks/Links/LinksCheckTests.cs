using System.Net;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Links;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Checks.Links;

public sealed class LinksCheckTests : InspectionTest
{
    private HttpClient? online;

    protected override INotebookCheck Check => new LinksCheck(online);

    [Fact]
    public async Task Links_that_lead_somewhere_are_fine()
    {
        Folder.Write("next lesson.ipynb", TestNotebook.Json("scripted", Markdown("## The end of it")));
        Folder.Write("docs/page.md", "# A page\n\n<a name=\"here\"></a>");
        Folder.Write("assets/picture.svg", "<svg/>");

        Assert.Empty(await FindAsync(
            Markdown("# Where we are\n\n## The `code` of it\n\n<div id='top'>x</div>"),
            Markdown("[up](#Where-we-are) [also](#where-we-are) [top](#top) [next](next%20lesson.ipynb#The-end-of-it) [page](docs/page.md#here) [folder](docs) [the same](docs/) [mail](mailto:a@b.c) <a@b.c> [whole](docs/page.md#) [code](#The-code-of-it)"),
            Markdown("![A picture](assets/picture.svg) <img src=\"assets/picture.svg\" alt=\"The same\"> ![Attached](attachment:own%20file.png) ![Tiny](data:image/png;base64,AAAA)") with { Attachments = ["own file.png"] },
            Markdown("`[code](nowhere.md)` <https://mlflow.org> [site](https://mlflow.org/docs) [server](http://localhost:5000)"),
            Markdown($"![Large](data:image/png;base64,{new string('A', 80_000)}) <a href='docs' href='gone'>first</a>"),
            "// [not prose](nowhere.md)"));
    }

    [Theory]
    [InlineData(120, "")]
    [InlineData(121, "…")]
    public async Task A_long_address_is_cut(int length, string end)
    {
        var target = new string('x', length);

        Assert.Equal([$"1: The link {target[..120]}{end} leads to a file that is not there."], await BriefAsync(Markdown($"[x]({target})")));
    }

    [Theory]
    [InlineData(".git/HEAD", false)]
    [InlineData(".git", false)]
    [InlineData("other", true)]
    public void A_list_counts_up_to_the_top_of_the_repository(string mark, bool counts)
    {
        Folder.Write(LinkList.FileName, "https://mlflow.org");
        Folder.Write("course/" + mark, "");
        Folder.Write("course/lessons/lesson.ipynb", "");

        Assert.Equal(counts, LinkList.Find(Folder.File("course/lessons/lesson.ipynb")) is { } list && list.Contains("https://mlflow.org") && !list.Contains("https://mlflow"));
    }

    [Theory]
    [InlineData("[x](#nowhere)", "The link #nowhere leads to a heading that is not in this notebook.")]
    [InlineData("[x](#Wehre-we-are)", "The link #Wehre-we-are leads to a heading that is not in this notebook; there is #Where-we-are.")]
    [InlineData("[x](gone/away.txt)", "The link gone/away.txt leads to a file that is not there.")]
    [InlineData("[x](asets/picture.svg)", "The link asets/picture.svg leads to a file that is not there.")]
    [InlineData("![A](assets/pictures.svg)", "The picture assets/pictures.svg leads to a file that is not there; there is assets/picture.svg.")]
    [InlineData("<img src='gone.png' alt='A'>", "The picture gone.png leads to a file that is not there.")]
    [InlineData("<a href='gone.html'>x</a>", "The link gone.html leads to a file that is not there.")]
    [InlineData("![A](attachment:gone.png)", "The picture attachment:gone.png names an attachment that the cell does not have.")]
    [InlineData("[x](/etc/hosts)", "The link /etc/hosts leads to a place on one machine: use a relative path.")]
    [InlineData("[x](file:///etc/hosts)", "The link file:///etc/hosts leads to a place on one machine: use a relative path.")]
    [InlineData("[x]()", "The link  has no address.")]
    [InlineData("[x](other.md#gone)", "The link other.md#gone leads to a heading that is not in other.md.")]
    [InlineData("![](assets/picture.svg)", "The picture assets/picture.svg has no alternative text: say what it shows, for readers who cannot see it: ![text](address).")]
    [InlineData("<img src=\"assets/picture.svg\">", "The picture assets/picture.svg has no alternative text: say what it shows, for readers who cannot see it: ![text](address).")]
    [InlineData("<video src='gone.mp4'></video>", "The link gone.mp4 leads to a file that is not there.")]
    [InlineData("[x](next.ipynb#Gone)", "The link next.ipynb#Gone leads to a heading that is not in next.ipynb.")]
    [InlineData("[x][r]\n\n[r]: gone.md", "The link gone.md leads to a file that is not there.")]
    public async Task A_broken_link_or_picture_is_found(string markdown, string expected)
    {
        Folder.Write("assets/picture.svg", "<svg/>");
        Folder.Write("other.md", "# Other");
        Folder.Write("next.ipynb", TestNotebook.Json("scripted", Markdown("# There"), "# Gone"));

        Assert.Equal([$"2: {expected}"], await BriefAsync(Markdown("# Where we are"), Markdown(markdown)));
    }

    [Fact]
    public async Task A_file_that_is_spelt_in_other_letters_is_found()
    {
        Folder.Write("Readme.md", "x");
        Assert.Single(await FindAsync(Markdown("[x](README.md)")));
    }

    [Fact]
    public async Task Where_there_is_a_list_external_addresses_must_be_in_it()
    {
        var list = Folder.Write(LinkList.FileName, "# looked at in May\nhttps://mlflow.org/docs\n\nhttps://jupyter.org  seen\n");

        Assert.Empty(await FindAsync(Markdown("[a](https://mlflow.org/docs) [b](https://mlflow.org/docs#tracking) [c](https://jupyter.org) [d](http://127.0.0.1:5000/x) [e](//mlflow.org/docs)")));
        Assert.Equal(
            [$"1: The link https://mlflow.org is not in {list}: look whether it is right, then add it there."], await BriefAsync(Markdown("[a](https://mlflow.org)")));
    }

    [Fact]
    public async Task Online_they_are_asked_for()
    {
        var asked = new List<string>();
        using var web = new Web(request =>
        {
            asked.Add($"{request.Method} {request.RequestUri}");
            return request.RequestUri!.Host switch
            {
                "gone.org" => HttpStatusCode.NotFound,
                "picky.org" when request.Method == HttpMethod.Head => HttpStatusCode.MethodNotAllowed,
                "slow.org" => throw new TaskCanceledException("no answer in time"),
                "away.org" => throw new HttpRequestException("no route"),
                _ => HttpStatusCode.OK,
            };
        });
        online = new HttpClient(web);

        Assert.Equal(
            ["1: The link https://gone.org/ is answered with 404 Not Found: mend it, or link to another page.", "1: The link https://away.org/ cannot be reached: no route", "1: The link https://slow.org/ cannot be reached: no answer in time"],
            await BriefAsync(Markdown("[a](https://fine.org/) [b](https://gone.org/) [c](https://picky.org/) [d](https://away.org/) [s](https://slow.org/) [e](http://localhost:1/)")));
        Assert.Contains("GET https://picky.org/", asked);
        Assert.DoesNotContain(asked, request => request.Contains("localhost", StringComparison.Ordinal));
    }

    private sealed class Web(Func<HttpRequestMessage, HttpStatusCode> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(answer(request)));
    }
}
