using Screenshots;
using Tutorial.Cli.Running;

// dotnet run --project tests/Screenshots [-- --keep] [NAME…]: makes the annotated pictures of MLflow's pages that the lessons show.
// --keep: of the runs that the last call made; NAME: these pictures only.
var checkout = Checkout.Find();
// Where the lessons are run, so that the addresses of their artifacts lead somewhere.
Environment.CurrentDirectory = checkout.Notebooks;
var store = new CourseStore(checkout);
if (!args.Contains("--keep"))
    await store.FillAsync();

await using var site = await CourseSite.OpenAsync(checkout, store);
var failed = 0;
var wanted = args.Where(arg => arg != "--keep").ToList();
foreach (var picture in Pictures.Of(store).Where(picture => wanted.Count == 0 || wanted.Contains(picture.Name)))
{
    var file = Path.Combine(checkout.Notebooks, "assets", picture.Name + ".png");
    try
    {
        await site.TakeAsync(picture, file);
        Console.WriteLine($"{Path.GetRelativePath(checkout.Root, file)}  {new FileInfo(file).Length / 1000} kB");
    }
    catch (InvalidOperationException error)
    {
        failed++;
        Console.Error.WriteLine(error.Message);
    }
}

return failed == 0 ? 0 : 1;
