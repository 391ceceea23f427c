"""The peer of LogMetricRate.cs: for each number read from standard input, logs so many metric values, one call each."""
import json
import sys
import time

import mlflow

mlflow.set_tracking_uri(sys.argv[1])
print(json.dumps({"mlflow": mlflow.__version__}), flush=True)
with mlflow.start_run():
    step = 0
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
            step += 1
        print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)
