"""Uses the local cloud with boto3, by nothing but the environment; prints what it saw as JSON."""

import json
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

seen = {}
s3 = boto3.client("s3", config=Config(signature_version="s3v4"))
s3.put_object(Bucket="films", Key="boto3", Body=b"hello from boto3")
seen["object"] = s3.get_object(Bucket="films", Key="boto3")["Body"].read().decode()
address = s3.generate_presigned_url("get_object", Params={"Bucket": "films", "Key": "boto3"})
seen["presigned"] = urllib.request.urlopen(address).read().decode()
seen["tables"] = isinstance(boto3.client("dynamodb").list_tables()["TableNames"], list)
ivs = boto3.client("ivs")
arn = ivs.create_channel(name="from-boto3")["channel"]["arn"]
seen["channel"] = ivs.get_channel(arn=arn)["channel"]["name"].replace("-", " ")
try:
    boto3.client("ivschat", aws_access_key_id="AKIAUNKNOWN000000000", aws_secret_access_key="x").list_rooms()
except ClientError as error:
    seen["denied"] = error.response["Error"]["Code"]
print(json.dumps(seen))
