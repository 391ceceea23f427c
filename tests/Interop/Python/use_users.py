"""An administrator and two users at a server with basic auth: use_users.py URI ADMIN_PASSWORD FOLDER. Prints what each could do."""
import json
import os
import sys
import types

if os.environ.get("PYTHONPATH"):
    # As in use_server.py.
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    from google.protobuf.descriptor import FieldDescriptor

    FieldDescriptor.LABEL_REPEATED = 3
    FieldDescriptor.label = property(lambda field: 3 if field.is_repeated else 1)

# MLflow imports this package, which guards the forms of its own server, before its client can be had; the client does not use it.
csrf = types.ModuleType("flask_wtf.csrf")
csrf.CSRFProtect = object
sys.modules["flask_wtf"] = types.ModuleType("flask_wtf")
sys.modules["flask_wtf.csrf"] = csrf

import mlflow  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.server import get_app_client  # noqa: E402

uri, admin_password, folder = sys.argv[1:4]
passwords = {"admin": admin_password, "alice": "alice's long password", "bob": "bob's long password"}
newest = mlflow.__version__.startswith("3.17")


def sign_in(name):
    os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"] = name, passwords[name]


def attempt(action):
    try:
        return action() or "done"
    except MlflowException as error:
        return error.error_code


def grant(kind, key, user, permission):
    if newest:
        return attempt(lambda: users.grant_user_permission(user, kind, key, permission))
    if kind == "experiment":
        return attempt(lambda: users.create_experiment_permission(key, user, permission).permission)
    return attempt(lambda: users.create_registered_model_permission(key, user, permission).permission)


def regrant(kind, key, user, permission):
    if newest:
        return attempt(lambda: users.grant_user_permission(user, kind, key, permission))
    if kind == "experiment":
        return attempt(lambda: users.update_experiment_permission(key, user, permission))
    return attempt(lambda: users.update_registered_model_permission(key, user, permission))


def shown(kind, key, user):
    if newest:
        return attempt(lambda: users.get_user_permission(user, kind, key).permission)
    if kind == "experiment":
        return attempt(lambda: users.get_experiment_permission(key, user).permission)
    return attempt(lambda: users.get_registered_model_permission(key, user).permission)


found = {"version": mlflow.__version__}
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()
users = get_app_client("basic-auth", tracking_uri=uri)

sign_in("admin")
found["created"] = [users.create_user(name, passwords[name]).username for name in ("alice", "bob")]
found["twice"] = attempt(lambda: users.create_user("bob", passwords["bob"]))
found["short"] = attempt(lambda: users.create_user("carol", "short"))
found["admins"] = [users.get_user(name).is_admin for name in ("admin", "alice")]

sign_in("alice")
experiment = client.create_experiment("of alice")
run = client.create_run(experiment).info.run_id
client.log_metric(run, "loss", 0.5)
client.log_text(run, "for those who may", "notes.txt")
client.create_registered_model("model of alice")
found["not an admin"] = attempt(lambda: users.create_user("carol", "carol's long password"))

sign_in("bob")
found["bob before"] = [
    attempt(lambda: client.get_experiment(experiment).name),
    attempt(lambda: client.get_run(run).data.metrics["loss"]),
    attempt(lambda: client.get_registered_model("model of alice").name),
    [each.name for each in client.search_experiments()],
    [each.info.run_id for each in client.search_runs([experiment])],
    [each.name for each in client.search_registered_models()],
    grant("experiment", experiment, "bob", "MANAGE"),
]

sign_in("alice")
found["granted"] = [grant("experiment", experiment, "bob", "READ"), grant("registered_model", "model of alice", "bob", "READ")]
found["shown"] = [shown("experiment", experiment, "bob"), shown("registered_model", "model of alice", "bob")]
found["no such permission"] = grant("experiment", experiment, "admin", "OWN")
found["no such user"] = grant("experiment", experiment, "nobody", "READ")

sign_in("bob")
with open(client.download_artifacts(run, "notes.txt", folder), encoding="utf-8") as file:
    notes = file.read()
found["bob reading"] = [
    client.get_experiment(experiment).name,
    client.get_run(run).data.metrics["loss"],
    [each.name for each in client.search_experiments()],
    len(client.search_runs([experiment])),
    [each.name for each in client.search_registered_models()],
    [each.path for each in client.list_artifacts(run)],
    notes,
]
found["bob writing"] = [
    attempt(lambda: client.log_metric(run, "loss", 0.4)),
    attempt(lambda: client.create_run(experiment)),
    attempt(lambda: client.set_registered_model_tag("model of alice", "a", "b")),
    attempt(lambda: client.delete_experiment(experiment)),
]

sign_in("alice")
found["granted more"] = [regrant("experiment", experiment, "bob", "EDIT"), regrant("registered_model", "model of alice", "bob", "EDIT")]
sign_in("bob")
found["bob editing"] = [
    attempt(lambda: client.log_metric(run, "loss", 0.4)),
    attempt(lambda: client.log_text(run, "bob's", "bob.txt")),
    attempt(lambda: client.set_registered_model_tag("model of alice", "a", "b")),
    attempt(lambda: client.delete_run(run)),
    attempt(lambda: client.delete_registered_model("model of alice")),
]

sign_in("alice")
if newest:
    users.revoke_user_permission("bob", "experiment", experiment)
else:
    users.delete_experiment_permission(experiment, "bob")
sign_in("bob")
found["bob after"] = attempt(lambda: client.get_run(run).info.run_id)
passwords["bob"], old = "bob's other password", passwords["bob"]
sign_in("admin")
users.update_user_password("bob", passwords["bob"])
users.update_user_admin("bob", True)
sign_in("bob")
found["bob as admin"] = attempt(lambda: client.get_run(run).data.metrics["loss"])
passwords["bob"] = old
sign_in("bob")
found["old password"] = attempt(lambda: client.get_run(run).info.run_id)
sign_in("admin")
users.delete_user("bob")
found["gone"] = attempt(lambda: users.get_user("bob"))
print(json.dumps(found))
