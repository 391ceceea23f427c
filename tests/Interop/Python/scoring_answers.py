"""scoring_answers.py MODEL REQUESTS: serves a model with MLflow's own scoring server, sends it requests (a JSON file of
[method, path, content type or null, body]), and prints its answers as [status, content type, body]."""

import http.client
import json
import os
import sys
import threading
import time

model, requests = sys.argv[1:]
os.environ["__pyfunc_model_path__"] = model

import uvicorn  # noqa: E402  The application loads the model as it is imported.
from mlflow.pyfunc.scoring_server.app import app  # noqa: E402

server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
thread = threading.Thread(target=server.run, daemon=True)
thread.start()
while not server.started:
    time.sleep(0.05)
port = server.servers[0].sockets[0].getsockname()[1]


def ask(method, path, content_type, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(method, path, body.encode(), {} if content_type is None else {"Content-Type": content_type})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return [answer.status, answer.headers.get_content_type(), text]


with open(requests) as file:
    answers = [ask(*request) for request in json.load(file)]
server.should_exit = True
thread.join(30)
print(json.dumps(answers))
