"""Reads or writes one S3 object with boto3: s3_object.py read|write BUCKET KEY FILE [virtual|path]."""

import json
import os
import socket
import sys

import boto3
from botocore.client import Config

# Names below localhost are this machine, though the resolver may not know.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: resolve("localhost" if str(host).endswith(".localhost") else host, *rest, **named)

action, bucket, key, path, *style = sys.argv[1:]
config = Config(s3={"addressing_style": style[0] if style else "auto"})
client = boto3.client("s3", endpoint_url=os.environ["MLFLOW_S3_ENDPOINT_URL"], config=config)
if action == "read":
    client.download_file(bucket, key, path)
else:
    client.upload_file(path, bucket, key)
print(json.dumps({"etag": client.head_object(Bucket=bucket, Key=key)["ETag"]}))
