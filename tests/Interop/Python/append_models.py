"""append_models.py URI EXPERIMENT: adds to the model registry and, from MLflow 3 on, to the logged models of a store, and prints what they held before and hold after."""

import sys

import contents
import mlflow
from mlflow.tracking import MlflowClient

uri, experiment = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)
has_logged_models = hasattr(client, "create_logged_model")


def read():
    models = [
        {
            "name": m.name,
            "description": m.description or "",
            "tags": dict(sorted(m.tags.items())),
            "aliases": {alias: str(version) for alias, version in sorted(m.aliases.items())},
            "created": m.creation_timestamp,
            "updated": m.last_updated_timestamp,
            "versions": [version(v) for v in sorted(client.search_model_versions(f"name='{m.name}'"), key=lambda v: int(v.version))],
        }
        for m in sorted(client.search_registered_models(), key=lambda m: m.name)
    ]
    return {"registered": models, "logged": [logged(m) for m in sorted(client.search_logged_models([experiment]), key=lambda m: m.model_id)] if has_logged_models else []}


def version(v):
    return {
        "version": str(v.version),
        "stage": v.current_stage,
        "description": v.description or "",
        "source": v.source,
        "run": v.run_id or "",
        "link": v.run_link or "",
        "status": v.status,
        "tags": dict(sorted(v.tags.items())),
        "aliases": sorted(client.get_model_version(v.name, v.version).aliases),
        "created": v.creation_timestamp,
        "updated": v.last_updated_timestamp,
        "files": client.get_model_version_download_uri(v.name, v.version),
    }


def logged(m):
    return {
        "id": m.model_id,
        "name": m.name,
        "type": m.model_type or "",
        "run": m.source_run_id or "",
        "status": int(m.status.to_int()),
        "location": m.artifact_location,
        "tags": dict(sorted(m.tags.items())),
        "params": dict(sorted(m.params.items())),
        "metrics": sorted([x.key, contents.number(x.value), x.timestamp, x.step, x.run_id, x.dataset_name or ""] for x in m.metrics),
    }


before = read()
client.create_model_version("shared", "s3://theirs/1", tags={"by": "Python ✓"}, description="line 1\nline: 2")
client.set_registered_model_alias("shared", "theirs", "3")
client.set_registered_model_alias("shared", "moving", "3")
client.set_registered_model_tag("shared", "tag/of theirs", "yes")
client.update_registered_model("shared", "changed by Python: it's new")
client.delete_model_version("shared", "2")
client.create_registered_model("theirs", tags={"a": "b"}, description="null")
client.rename_registered_model("to be renamed", "renamed")
client.delete_registered_model("to be deleted")
if has_logged_models:
    run = client.create_run(experiment).info.run_id
    model = client.create_logged_model(experiment, "theirs", source_run_id=run, tags={"x": "y"}, params={"layers": "3"}, model_type="classifier")
    client.log_metric(run, "acc", 0.5, timestamp=5, step=1, model_id=model.model_id)
    client.finalize_logged_model(model.model_id, "READY")
    client.log_outputs(run, [mlflow.entities.LoggedModelOutput(model.model_id, 4)])
    ours = [m for m in client.search_logged_models([experiment]) if m.name == "ours"][0]
    client.set_logged_model_tags(ours.model_id, {"by": "Python"})
    client.delete_logged_model([m for m in client.search_logged_models([experiment]) if m.name == "dropped"][0].model_id)
contents.show({"before": before, "after": read()})
