"""One turn in a model registry: says what is in it, adds to it, says again. Arguments: store, number of the turn."""
import json
import os
import sys

import mlflow
from mlflow import MlflowClient

uri, turn = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)


def read():
    models = []
    for model in client.search_registered_models():
        # Aliases are read model by model: searches leave some out.
        aliases = client.get_registered_model(model.name).aliases
        models.append({
            "name": model.name, "description": model.description or "", "tags": model.tags, "aliases": {alias: str(version) for alias, version in aliases.items()},
            "versions": [
                {
                    "version": str(version.version), "source": version.source, "run_id": version.run_id or "", "stage": version.current_stage, "status": version.status,
                    "description": version.description or "", "tags": version.tags, "download": client.get_model_version_download_uri(model.name, version.version),
                }
                for version in client.search_model_versions(f"name = '{model.name}'", order_by=["version_number"])
            ],
        })
    logged = []
    if hasattr(client, "search_logged_models"):
        for model in client.search_logged_models(experiment_ids=["0"]):
            logged.append({
                "model_id": model.model_id, "name": model.name, "status": int(model.status.to_int()), "params": model.params, "tags": model.tags,
                "source_run_id": model.source_run_id or "", "metrics": sorted([metric.key, metric.value, metric.step] for metric in model.metrics or []),
            })
    return {"models": models, "logged": sorted(logged, key=lambda model: model["model_id"])}


before = read()
files = {}
for uri_of_model in ("models:/ours@champion", "models:/ours/1", "models:/ours/latest"):
    folder = mlflow.artifacts.download_artifacts(artifact_uri=uri_of_model, dst_path=os.path.join(os.path.dirname(uri.removeprefix("sqlite:///")), f"python{turn}", uri_of_model.replace("/", "_")))
    with open(os.path.join(folder, "weights.bin")) as file:
        files[uri_of_model] = file.read()

name = f"theirs {turn} ünï"
client.create_registered_model(name, {"made.by": "Python"}, "Ours reads it.")
client.create_model_version(name, "s3://bucket/model", tags={"a": "1"}, description="one")
client.set_registered_model_alias(name, "best", "1")
client.transition_model_version_stage(name, "1", "Production")
version = client.create_model_version("ours", before["models"][0]["versions"][0]["source"], run_id=before["models"][0]["versions"][0]["run_id"])
client.set_registered_model_alias("ours", f"python{turn}", version.version)
client.set_model_version_tag("ours", "1", f"seen{turn}", "by Python")
if hasattr(mlflow, "initialize_logged_model"):
    model = client.create_logged_model("0", name=f"theirs{turn}", params={"lr": "0.1"}, tags={"a": "b"})
    client.finalize_logged_model(model.model_id, "READY")
    client.create_model_version(name, f"models:/{model.model_id}", model_id=model.model_id)
print(json.dumps({"before": before, "files": files, "after": read()}))
