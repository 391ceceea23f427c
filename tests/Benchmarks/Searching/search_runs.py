"""Measures MLflow for Python on a database: each line names a question, the answer says how long it took and how much it gave."""
import json
import sys
import time

import mlflow
from mlflow.entities import Metric

client = mlflow.MlflowClient(sys.argv[1])
history_run = sys.argv[2]
batch_run = sys.argv[3]
client.get_experiment("0")
print(json.dumps({"mlflow": mlflow.__version__}), flush=True)

questions = {
    "top": lambda: client.search_runs(["0"], order_by=["metrics.m0 DESC"], max_results=100),
    "filter": lambda: client.search_runs(["0"], "metrics.m1 > 0.9 and params.p1 = 'v7'", max_results=1000),
    "all": lambda: client.search_runs(["0"], max_results=50000),
    "history": lambda: client.get_metric_history(history_run, "loss"),
}
step = 0
for line in sys.stdin:
    name = line.strip()
    if name.startswith("batch"):  # It returns when the points are stored: one answer to both of ours.
        points = [Metric(f"b{key}", 0.5, 1, step + key) for key in range(1000)]
        step += 1000
        began = time.perf_counter()
        client.log_batch(batch_run, metrics=points)
        count = len(points)
    else:
        began = time.perf_counter()
        count = len(questions[name]())
    print(json.dumps({"seconds": time.perf_counter() - began, "count": count}), flush=True)
