"""Reads or writes one S3 object with boto3: s3_object.py read|write BUCKET KEY FILE."""

import json
import os
import sys

import boto3

action, bucket, key, path = sys.argv[1:]
client = boto3.client("s3", endpoint_url=os.environ["MLFLOW_S3_ENDPOINT_URL"])
if action == "read":
    client.download_file(bucket, key, path)
else:
    client.upload_file(path, bucket, key)
print(json.dumps({"etag": client.head_object(Bucket=bucket, Key=key)["ETag"]}))
