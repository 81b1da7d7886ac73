"""The life of a channel, a room and what belongs to them, through boto3. Prints one line of JSON: what it saw."""

import json
import sys
import time

import boto3
from botocore.config import Config

settings = {
    "endpoint_url": sys.argv[1],
    "region_name": "eu-west-1",
    "aws_access_key_id": "000000000000",
    "aws_secret_access_key": "local",
    "config": Config(retries={"total_max_attempts": 1}, parameter_validation=False),
}
ivs = boto3.client("ivs", **settings)
chat = boto3.client("ivschat", **settings)


def error_of(call, **arguments):
    try:
        call(**arguments)
    except Exception as error:
        response = error.response
        return [response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response.get("reason")]
    return None


def until_active(read):
    for _ in range(50):
        if read() == "ACTIVE":
            return "ACTIVE"
        time.sleep(0.05)
    return read()


seen = {}
created = ivs.create_recording_configuration(destinationConfiguration={"s3": {"bucketName": "recordings"}})
recording = created["recordingConfiguration"]
seen["recording"] = [
    recording["state"],
    until_active(lambda: ivs.get_recording_configuration(arn=recording["arn"])["recordingConfiguration"]["state"]),
]

made = ivs.create_channel(name="alice", recordingConfigurationArn=recording["arn"], tags={"project": "onair"})
channel, key = made["channel"], made["streamKey"]
ivs.tag_resource(resourceArn=channel["arn"], tags={"owner": "alice b"})
ivs.untag_resource(resourceArn=channel["arn"], tagKeys=["project"])
seen["tags"] = ivs.list_tags_for_resource(resourceArn=channel["arn"])["tags"]
seen["pages"] = len(list(ivs.get_paginator("list_channels").paginate(PaginationConfig={"PageSize": 1})))
seen["key"] = ivs.get_stream_key(arn=key["arn"])["streamKey"]["value"] == key["value"]
seen["second key"] = error_of(ivs.create_stream_key, channelArn=channel["arn"])
seen["offline"] = error_of(ivs.get_stream, channelArn=channel["arn"])
seen["in use"] = error_of(ivs.delete_recording_configuration, arn=recording["arn"])
seen["bad name"] = error_of(ivs.update_channel, arn=channel["arn"], name="a b")
seen["deleted"] = ivs.delete_channel(arn=channel["arn"])["ResponseMetadata"]["HTTPStatusCode"]
seen["gone"] = error_of(ivs.get_channel, arn=channel["arn"])

logs = chat.create_logging_configuration(destinationConfiguration={"s3": {"bucketName": "chat-logs"}})
room = chat.create_room(name="lobby", loggingConfigurationIdentifiers=[logs["arn"]])
token = chat.create_chat_token(roomIdentifier=room["arn"], userId="bob", capabilities=["SEND_MESSAGE"])
seen["session minutes"] = round((token["sessionExpirationTime"] - room["createTime"]).total_seconds() / 60)
seen["rooms"] = [one["name"] for one in chat.list_rooms()["rooms"]]
seen["bad length"] = error_of(chat.update_room, identifier=room["arn"], maximumMessageLength=501)
seen["room deleted"] = chat.delete_room(identifier=room["arn"])["ResponseMetadata"]["HTTPStatusCode"]
seen["room gone"] = error_of(chat.get_room, identifier=room["arn"])
print(json.dumps(seen))
