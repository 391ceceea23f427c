"""The peer of LogMetricRate.cs: for each number read from standard input, logs so many metric values, one call each."""
import json
import os
import sys
import time

# MLflow 3.17 asks for this before it keeps files.
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow

mlflow.set_tracking_uri(sys.argv[1])
print(json.dumps({"mlflow": mlflow.__version__}), flush=True)
with mlflow.start_run():
    step = 0
    for line in sys.stdin:
        times = []
        began = time.perf_counter()
        for _ in range(int(line)):
            before = time.perf_counter()
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
            times.append(time.perf_counter() - before)
            step += 1
        seconds = time.perf_counter() - began
        times.sort()
        print(json.dumps({
            "seconds": seconds,
            "median": times[len(times) // 2] * 1e6,
            "p99": times[len(times) * 99 // 100] * 1e6,
        }), flush=True)
