"""The peer of RestTimes.cs: makes calls to a server for each line read, and says how long they took: rest_calls.py SERVER EXPERIMENT."""
import json
import sys
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

server, experiment = sys.argv[1:3]
client = MlflowClient(server)
run = client.create_run(experiment).info.run_id
step = 0
print(json.dumps({"mlflow": mlflow.__version__}), flush=True)


def metric(count):
    global step
    for _ in range(count):
        client.log_metric(run, "loss", 1 / (step + 1), step=step)
        step += 1


def batch(count):
    global step
    for _ in range(count):
        now = int(time.time() * 1000)
        client.log_batch(run, metrics=[Metric("batch", 0.5, now, step + i) for i in range(1000)])
        step += 1000


def search(count):
    for _ in range(count):
        found = client.search_runs([experiment], "params.seeded = 'yes'", max_results=1000)
        assert len(found) == 1000, len(found)


for line in sys.stdin:
    what, count = line.split()
    began = time.perf_counter()
    {"metric": metric, "batch": batch, "search": search}[what](int(count))
    print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)
