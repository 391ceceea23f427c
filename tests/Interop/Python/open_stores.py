"""open_stores.py URI...: prints, for each store, how opening it ended: "ok", or the exception's type and text."""

import sys

import contents
from mlflow.tracking import MlflowClient


def attempt(uri):
    try:
        MlflowClient(uri).search_experiments()
        return "ok"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


contents.show([attempt(uri) for uri in sys.argv[1:]])
