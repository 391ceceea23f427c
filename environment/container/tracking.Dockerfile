# The tracking server with MLflow's own pages, without Python at run time, built without a network from a filled package folder and MLflow's wheel:
#   docker build -f environment/container/tracking.Dockerfile --build-context packages=$HOME/.nuget/packages --build-context wheels=WHEELS -t mlflow-server .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY .editorconfig Directory.Build.props Directory.Packages.props global.json ./
COPY helpers/ helpers/
# The packages are read where they are, and no source is asked: README.md says how the folder is filled.
RUN --mount=type=bind,from=packages,target=/packages \
    NUGET_PACKAGES=/packages dotnet publish helpers/MLflowSharp.Serving --configuration Release --runtime linux-x64 --no-self-contained --source /source -p:PublishReadyToRun=true -p:BuildReadyToRun=false -p:CreateSymbolicLinksForCopyLocalIfPossible=false --output /program

FROM python:3.11-slim AS pages
RUN --mount=type=bind,from=wheels,target=/wheels \
    python -m zipfile -e /wheels/mlflow-3.17.2-py3-none-any.whl /unpacked && mv /unpacked/mlflow/server/js/build /pages && cp /unpacked/mlflow-3.17.2.dist-info/licenses/LICENSE.txt /pages/

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /program /program
COPY --from=pages /pages /pages
# OpenShift gives a user id of its own choice, always in the group 0: what is written belongs to that group.
RUN mkdir /data && chgrp 0 /data && chmod g=u /data
ENV HOME=/data DOTNET_EnableDiagnostics=0
WORKDIR /data
VOLUME /data
USER $APP_UID:0
EXPOSE 5000
ENTRYPOINT ["dotnet", "/program/MLflowSharp.Serving.dll", "ui", "--host", "0.0.0.0", "--pages", "/pages", "--no-browser", "--log-json"]
