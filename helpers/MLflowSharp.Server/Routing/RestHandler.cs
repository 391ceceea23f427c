using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Routing;

/// <summary>Answers the requests of one route.</summary>
internal delegate Task<RestResponse> RestHandler(RestCall call, CancellationToken cancellationToken);
