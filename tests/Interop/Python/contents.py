"""Reads everything a tracking store holds, in the shape of StoreContents.cs."""

import math
import json
import os
import tempfile

from mlflow.entities import ViewType
from mlflow.tracking import MlflowClient


def read(uri):
    client = MlflowClient(uri)
    experiments = sorted(client.search_experiments(view_type=ViewType.ALL), key=lambda e: int(e.experiment_id))
    runs = client.search_runs([e.experiment_id for e in experiments], run_view_type=ViewType.ALL, max_results=1000)
    return {
        "experiments": [
            {
                "experimentId": e.experiment_id,
                "name": e.name,
                "artifactLocation": e.artifact_location,
                "stage": e.lifecycle_stage,
                "tags": dict(sorted(e.tags.items())),
            }
            for e in experiments
        ],
        "runs": [read_run(client, run) for run in sorted(runs, key=lambda r: r.info.run_id)],
    }


def read_run(client, run):
    data = run.data
    return {
        "runId": run.info.run_id,
        "runName": run.info.run_name,
        "experimentId": run.info.experiment_id,
        "status": run.info.status,
        "stage": run.info.lifecycle_stage,
        "startTime": run.info.start_time,
        "endTime": run.info.end_time,
        "artifactUri": run.info.artifact_uri,
        "params": dict(sorted(data.params.items())),
        "tags": dict(sorted(data.tags.items())),
        "metrics": {key: number(value) for key, value in sorted(data.metrics.items())},
        "history": {
            key: [[number(m.value), m.timestamp, m.step] for m in sorted(client.get_metric_history(run.info.run_id, key), key=place)]
            for key in sorted(data.metrics)
        },
        "datasets": sorted((dataset(d) for d in run.inputs.dataset_inputs), key=lambda d: d["name"]),
        "artifacts": artifacts(client, run.info.run_id),
    }


def place(point):
    """Where a point stands in its history; MLflow 2 leaves points of the same time in the order of the database."""
    return point.timestamp, point.step, 0 if math.isnan(point.value) else point.value


def number(value):
    return "NaN" if value != value else repr(value)


def dataset(used):
    d = used.dataset
    return {
        "name": d.name,
        "digest": d.digest,
        "sourceType": d.source_type,
        "source": d.source,
        "schema": d.schema,
        "profile": d.profile,
        "tags": {t.key: t.value for t in sorted(used.tags, key=lambda t: t.key)},
    }


def artifacts(client, run_id):
    """Each file's path, size as listed, and downloaded content (Latin-1, so that any bytes survive JSON)."""
    found = {}

    def walk(path, target):
        for entry in client.list_artifacts(run_id, path):
            if entry.is_dir:
                walk(entry.path, target)
            else:
                with open(client.download_artifacts(run_id, entry.path, target), "rb") as file:
                    content = file.read()
                assert len(content) == entry.file_size, entry
                found[entry.path] = content.decode("latin-1")

    with tempfile.TemporaryDirectory() as target:
        os.makedirs(target, exist_ok=True)
        walk(None, target)
    return dict(sorted(found.items()))


def show(value):
    print(json.dumps(value))
