"""Makes, changes and deletes a playback restriction policy by boto3's Cloud Control; prints what it saw as JSON."""

import json

import boto3
from botocore.exceptions import ClientError

POLICY = "AWS::IVS::PlaybackRestrictionPolicy"

cloud = boto3.client("cloudcontrol")
seen = {}


def ended(progress):
    token = progress["ProgressEvent"]["RequestToken"]
    cloud.get_waiter("resource_request_success").wait(RequestToken=token)
    return cloud.get_resource_request_status(RequestToken=token)["ProgressEvent"]


made = ended(cloud.create_resource(TypeName=POLICY, DesiredState=json.dumps({"Name": "everywhere"})))
arn = made["Identifier"]
seen["made"] = made["OperationStatus"]
patch = [{"op": "add", "path": "/AllowedCountries/0", "value": "DE"}]
ended(cloud.update_resource(TypeName=POLICY, Identifier=arn, PatchDocument=json.dumps(patch)))
found = cloud.get_resource(TypeName=POLICY, Identifier=arn)["ResourceDescription"]
seen["countries"] = json.loads(found["Properties"])["AllowedCountries"]
seen["listed"] = [one["Identifier"] == arn for one in cloud.list_resources(TypeName=POLICY)["ResourceDescriptions"]]
seen["deleted"] = ended(cloud.delete_resource(TypeName=POLICY, Identifier=arn))["OperationStatus"]
for key, type_name in (("gone", POLICY), ("unknown", "AWS::S3::Bucket")):
    try:
        cloud.get_resource(TypeName=type_name, Identifier=arn)
    except ClientError as error:
        seen[key] = error.response["Error"]["Code"]
print(json.dumps(seen))
