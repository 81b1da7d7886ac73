"""Who is live, as boto3 reads it. Prints one line of JSON: what it saw."""

import json
import sys

import boto3

ivs = boto3.client("ivs")
channel_arn = sys.argv[1]


def error_of(call, **arguments):
    try:
        call(**arguments)
    except Exception as error:
        response = error.response
        return [response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response["exceptionMessage"]]
    return None


pages = [page["streams"] for page in ivs.get_paginator("list_streams").paginate(PaginationConfig={"PageSize": 1})]
stream = ivs.get_stream(channelArn=channel_arn)["stream"]
session = ivs.get_stream_session(channelArn=channel_arn)["streamSession"]
sessions = ivs.list_stream_sessions(channelArn=channel_arn)["streamSessions"]
print(
    json.dumps(
        {
            "pages": [[one["channelArn"] for one in page] for page in pages],
            "stream": {**stream, "startTime": stream["startTime"].isoformat()},
            "sessions": [[one["streamId"], one["hasErrorEvent"], "endTime" in one] for one in sessions],
            "session": session["streamId"],
            "video": session["ingestConfiguration"]["video"],
            "audio": session["ingestConfiguration"]["audio"],
            "events": [event["name"] for event in session["truncatedEvents"]],
            "update": error_of(ivs.update_channel, arn=channel_arn, name="renamed"),
            "delete": error_of(ivs.delete_channel, arn=channel_arn),
        }
    )
)
