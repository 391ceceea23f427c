"""Measures log_artifact for the benchmark: each line sent logs the file once; the answer is how long it took."""

import json
import os
import sys
import time

import mlflow

mlflow.set_tracking_uri(sys.argv[1])
client = mlflow.MlflowClient()
experiment = client.create_experiment("upload", artifact_location=sys.argv[2])
run = client.create_run(experiment)
print(json.dumps({"mlflow": mlflow.__version__}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    client.log_artifact(run.info.run_id, sys.argv[3])
    seconds = time.perf_counter() - began
    os.remove(os.path.join(run.info.artifact_uri.removeprefix("file://"), os.path.basename(sys.argv[3])))
    print(json.dumps({"seconds": seconds}), flush=True)
