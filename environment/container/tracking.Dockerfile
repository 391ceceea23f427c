# The tracking server with MLflow's own pages, without Python at run time: docker build -f environment/container/tracking.Dockerfile -t mlflow-server .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY helpers/ helpers/
RUN dotnet publish helpers/MLflowSharp.Serving --configuration Release --runtime linux-x64 --no-self-contained -p:PublishReadyToRun=true -p:CreateSymbolicLinksForCopyLocalIfPossible=false --output /program

FROM python:3.11-slim AS pages
RUN pip download --no-deps --only-binary :all: --dest /wheel mlflow==3.17.2 && \
    python -m zipfile -e /wheel/mlflow-*.whl /unpacked && mv /unpacked/mlflow/server/js/build /pages && cp /unpacked/mlflow-*.dist-info/licenses/LICENSE.txt /pages/

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
