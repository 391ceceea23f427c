"""Registers versions of the model "target" from sources of every kind. Arguments: store, file of cases (JSON).

A case is {"source": …, "run_id": … or null, "model_id": … or null, "register": whether by register_model}. Prints for each what came of it.
"""
import json
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

uri, path = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)


def create(case):
    if case["register"]:
        return mlflow.register_model(case["source"], "target", await_registration_for=0)
    return client.create_model_version("target", case["source"], case["run_id"], await_creation_for=0, model_id=case["model_id"])


def outcome(case):
    try:
        version = create(case)
    except MlflowException as error:
        return {"error": error.error_code}
    except Exception as error:
        return {"error": type(error).__name__}
    try:
        download = client.get_model_version_download_uri("target", version.version)
    except MlflowException as error:
        download = error.error_code
    version = client.get_model_version("target", version.version)
    return {"version": str(version.version), "source": version.source, "run_id": version.run_id or "", "download": download}


with open(path, encoding="utf-8") as file:
    cases = json.load(file)
print(json.dumps([outcome(case) for case in cases]))
