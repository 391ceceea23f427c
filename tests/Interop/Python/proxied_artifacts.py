"""Reads and writes artifacts through a server: proxied_artifacts.py TRACKING_URI ROOT_URI READ_PATH READ_INTO WRITE_FILE WRITE_FOLDER."""

import json
import sys

import mlflow
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

tracking_uri, root, read_path, read_into, write_file, write_folder = sys.argv[1:]
mlflow.set_tracking_uri(tracking_uri)
repository = get_artifact_repository(root)
repository.download_artifacts(read_path, read_into)
repository.log_artifact(write_file, write_folder)
print(json.dumps(sorted(info.path for info in repository.list_artifacts())))
