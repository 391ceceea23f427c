"""Prints keys that are good for an hour, of a role that may use every bucket."""

import json
import os

import boto3

TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/test"]}, "Action": ["sts:AssumeRole"]}]}
MAY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*"}]}


def compact(policy):
    # This Ceph takes no spaces between the parts.
    return json.dumps(policy, separators=(",", ":"))


endpoint = os.environ["MLFLOW_S3_ENDPOINT_URL"]
iam = boto3.client("iam", endpoint_url=endpoint)
iam.create_role(RoleName="logger", AssumeRolePolicyDocument=compact(TRUST))
iam.put_role_policy(RoleName="logger", PolicyName="all", PolicyDocument=compact(MAY))
session = boto3.client("sts", endpoint_url=endpoint).assume_role(RoleArn="arn:aws:iam:::role/logger", RoleSessionName="a-test")
keys = session["Credentials"]
print(json.dumps({"key": keys["AccessKeyId"], "secret": keys["SecretAccessKey"], "token": keys["SessionToken"]}))
