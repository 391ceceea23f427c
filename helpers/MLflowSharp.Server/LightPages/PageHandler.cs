namespace MLflowSharp.Server.LightPages;

/// <summary>Makes a page, or carries out a form and says where to go on.</summary>
internal delegate Task<Page> PageHandler(PageCall call, CancellationToken cancellationToken);
