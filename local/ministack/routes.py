"""What the edge needs of ministack and ministack has no door for: each route takes the pinned modules and a request.

Paths are under /_onair/, see ROUTES; requests and answers are JSON. launcher.py guards them with the secret.
"""

import asyncio
import base64
import json
import os
import shutil
import time
from urllib.parse import parse_qs

from mail import mail


def encoded_state(modules: dict, service: str, get_state) -> bytes | None:
    """A service's whole state in ministack's own file format. Background threads may be writing, hence the tries."""
    persistence = modules["persistence"]
    for attempt in range(5):
        try:
            state = get_state()
            break
        except RuntimeError:  # a dictionary changed size while it was copied
            if attempt == 4:
                raise
            time.sleep(0.01)
    if state is None:  # the service's module could not be imported, so it never had any
        return None
    wrapped = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
    return json.dumps(wrapped, default=persistence._json_default).encode()


def link_or_copy(source: str, target: str):
    """ministack replaces object files by rename and never writes into one, so a link is a copy."""
    try:
        os.link(source, target)
    except FileNotFoundError:  # deleted since it was listed, so it is not to be kept
        pass
    except OSError:
        shutil.copy2(source, target)


def copy_beside(source: str, target: str):
    """What services keep in files of their own beside the state that they hand out: code of functions, signing keys."""
    def copy(file: str, copied: str):
        # Code is kept under the name of its hash and never changes.
        link_or_copy(file, copied) if file.endswith(".zip") else shutil.copy2(file, copied)

    def ignore(folder: str, names: list) -> list:
        return [name for name in names if name.endswith(".tmp") or (folder == source and name.endswith(".json"))]

    shutil.copytree(source, target, copy_function=copy, ignore=ignore, dirs_exist_ok=True)


async def save(modules: dict, request: dict) -> dict:
    """Every service's state and the S3 objects into a new directory.

    The state is taken without a break for another request. Objects are linked beside the loop, which a chat message
    under review cannot wait for: they never change once they are there, and the edge holds back whoever would delete
    one; what our own engines put meanwhile is in the next generation."""
    started = time.monotonic()
    state = os.path.join(request["directory"], "state")
    os.makedirs(state)
    failed = {}
    for service, get_state in modules["app"]._build_persistence_save_dict().items():
        try:
            data = encoded_state(modules, service, get_state)
        except Exception as error:
            failed[service] = str(error)
            continue
        if data is not None:
            with open(os.path.join(state, f"{service}.json"), "wb") as file:
                file.write(data)
    copy_beside(modules["persistence"].STATE_DIR, state)
    objects = os.path.join(request["directory"], "s3")
    await asyncio.to_thread(shutil.copytree, os.environ["S3_DATA_DIR"], objects, copy_function=link_or_copy,
                            ignore=shutil.ignore_patterns("*.tmp"))
    return {"failed": failed, "milliseconds": round((time.monotonic() - started) * 1000)}


async def authenticate(modules: dict, request: dict) -> dict:
    """Checks a request's signature with the secret of its access key: whose account it is, or why it is refused."""
    app, evaluator, responses = modules["app"], modules["iam_evaluator"], modules["responses"]
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in request["headers"]]
    access_key = request["accessKeyId"]
    responses.set_request_account_id(app._request_account_scope(access_key))
    query = parse_qs(request["query"], keep_blank_values=True)
    evaluator.pin_signed_request(request["method"], request["path"], query, headers)
    evaluator.pin_signed_body(base64.b64decode(request["body"]))
    result = evaluator.authenticate(access_key, responses.get_account_id())
    if isinstance(result, evaluator.AuthError):
        return {"error": {"code": result.code, "message": result.message}}
    if result is None:
        return {"error": {"code": "MissingAuthenticationToken", "message": "Request is missing Authentication Token"}}
    return {"accountId": result.account_id, "principal": result.principal_arn}


async def authorize(modules: dict, request: dict) -> dict:
    """Asks ministack's IAM engine for each permission; the first one refused is the answer."""
    app, evaluator, responses = modules["app"], modules["iam_evaluator"], modules["responses"]
    access_key = request["accessKeyId"]
    responses.set_request_account_id(app._request_account_scope(access_key))
    responses.set_request_region(request["region"])
    evaluator.pin_request_origin("127.0.0.1", request["transport"] == "https")
    evaluator._signed_request.set(None)  # the signature was checked by authenticate
    evaluator._anonymous.set(False)
    for wanted in request["permissions"]:
        action, arn = wanted["action"], wanted["resource"]
        denied = evaluator.enforce(access_key, action, request["service"], request["region"],
                                   resource_arn=arn, service_context=wanted["context"])
        if isinstance(denied, evaluator.AuthError):
            return {"error": {"code": denied.code, "message": denied.message}}
        if denied:
            message = modules["iam_actions"].identity_denial_message(
                action, denied.principal_arn, arn, denied.decision == "Deny")
            return {"error": {"code": "AccessDeniedException", "message": message}}
    return {}


def resource_allows(modules: dict, request: dict) -> bool | None:
    """Whether a resource's own policy lets an Amazon service act on it, for one source; None where it does not exist."""
    evaluator, responses = modules["iam_evaluator"], modules["responses"]
    responses.set_request_account_id(request["accountId"])
    responses.set_request_region(request["region"])
    evaluator.pin_request_origin("127.0.0.1", True)
    action, arn = request["action"], request["resource"]
    found = evaluator._resource_policy(action.split(":")[0], arn)
    if found is None:
        return None
    # The caller is the service itself: a grant to the account is none to it.
    context = evaluator.EvalContext(
        principal_arn="*", principal_type="Service", principal_account="", action=action, resource_arn=arn,
        region=request["region"],
        service_context={"aws:sourcearn": request["sourceArn"], "aws:sourceaccount": request["accountId"]})
    result = evaluator.evaluate_resource_policy(found[0], context, service=request["service"])
    return result.decision == "Allow"


async def service_may(modules: dict, request: dict) -> dict:
    return {"allowed": resource_allows(modules, request)}


async def events(modules: dict, request: dict) -> dict:
    """Publishes events whose source begins with `aws.`, which PutEvents refuses, onto the default bus.

    An entry's `Time`, in seconds since 1970, is the event's, which may be older than now; PutEvents knows no other."""
    modules["responses"].set_request_account_id(request["accountId"])
    modules["responses"].set_request_region(request["region"])
    eventbridge = modules["eventbridge"]
    failed = 0
    clock = eventbridge._now_ts
    for entry in request["entries"]:
        eventbridge._now_ts = lambda: entry.get("Time", clock())
        try:
            _, _, body = eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
        finally:
            eventbridge._now_ts = clock
        failed += json.loads(body)["FailedEntryCount"]
    return {"failed": failed}


async def bucket_region(modules: dict, request: dict) -> dict:
    """The region of an account's S3 bucket, null where there is no such bucket."""
    bucket = modules["s3"]._buckets.get_scoped(request["accountId"], None, request["bucket"])
    return {"region": None if bucket is None else bucket.get("region") or "us-east-1"}


async def health(modules: dict, request: dict) -> dict:
    return {"pid": os.getpid()}


ROUTES = {"/_onair/save": save, "/_onair/authenticate": authenticate, "/_onair/authorize": authorize,
          "/_onair/service-may": service_may, "/_onair/mail": mail,
          "/_onair/events": events, "/_onair/bucket-region": bucket_region, "/_onair/health": health}
