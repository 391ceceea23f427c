"""Sends a large file to a server's storage and gets it back: around_server.py TRACKING_URI ROOT_URI FILE READ_INTO. Prints who was asked, and how."""

import json
import os
import sys
from collections import defaultdict

for size in ("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "MLFLOW_MULTIPART_DOWNLOAD_MINIMUM_FILE_SIZE", "MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE"):
    os.environ[size] = str(5 << 20)

import mlflow
import requests
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

tracking_uri, root, file, read_into = sys.argv[1:]
asked = defaultdict(list)
send = requests.Session.send


def remember(session, request, **settings):
    asked["api" if "/api/" in request.url else "storage"].append(request.method)
    return send(session, request, **settings)


mlflow.set_tracking_uri(tracking_uri)
repository = get_artifact_repository(root)
repository._fetch_server_capabilities()  # Asked once, and remembered: not one of the requests that count.
requests.Session.send = remember
repository.log_artifact(file, "large")
repository._download_file("large/" + os.path.basename(file), os.path.join(read_into, os.path.basename(file)))
print(json.dumps({who: sorted(methods) for who, methods in sorted(asked.items())}))
