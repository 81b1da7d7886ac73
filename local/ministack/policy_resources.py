"""What a request is about, where ministack says `*` or another name than Amazon's: a policy that names the resource would
not allow the call.
"""

import json
from urllib.parse import parse_qs, unquote

TAGGING = {"TagResource", "UntagResource", "ListTagsForResource", "ListTagsOfResource"}
TARGETS = {"ListTargetsByRule", "PutTargets", "RemoveTargets"}
ALIASES = {"CreateAlias", "UpdateAlias", "DeleteAlias"}


def adapt_policy_resources(modules: dict):
    actions = modules["iam_actions"]
    extract_action, extract_arn = actions.extract_iam_action, actions.extract_resource_arn

    def action_of(service, method, path, *given):
        action = extract_action(service, method, path, *given)
        is_one = path.rstrip("/").rsplit("/", 1)[-1] not in ("", "event-source-mappings")
        return "lambda:GetEventSourceMapping" if action == "lambda:ListEventSourceMappings" and is_one else action

    def arn_of(service, method, path, headers, body, query_params, region, account):
        named = resource(service, method, path, headers.get("x-amz-target", "").rsplit(".", 1)[-1], body)
        if named is None:
            found = extract_arn(service, method, path, headers, body, query_params, region, account)
            # The rules of the default bus have no bus in their names.
            return found.replace(":rule/default/", ":rule/") if service == "events" else found
        return named if named.startswith("arn:") else f"arn:aws:{service}:{region}:{account}:{named}"

    actions.extract_iam_action = action_of
    actions.extract_resource_arn = arn_of


def resource(service: str, method: str, path: str, operation: str, body: bytes) -> str | None:
    """An ARN, or the end of one; nothing where ministack knows better."""
    if service == "lambda" and method == "POST" and path.rstrip("/").endswith("/functions"):
        return f"function:{unquote(text(body, 'FunctionName'))}"
    if service in ("dynamodb", "events") and operation in TAGGING:
        return (text(body, "ResourceArn") or text(body, "ResourceARN")).replace(":rule/default/", ":rule/") or None
    if service == "events" and operation in TARGETS:
        bus = text(body, "EventBusName")
        return f"rule/{text(body, 'Rule')}" if bus in ("", "default") else f"rule/{bus}/{text(body, 'Rule')}"
    if service == "kms" and operation in ALIASES:
        return text(body, "AliasName")
    if service == "kms" and text(body, "KeyId").startswith("alias/aws/"):
        return f"key/{text(body, 'KeyId')}"  # judged by the key behind it, which is Amazon's own
    if service == "iam":
        return next(iter(parse_qs(body.decode("utf-8", "replace")).get("OpenIDConnectProviderArn", [])), None)
    if service == "logs" and operation == "DescribeLogGroups":
        return f"log-group:{text(body, 'logGroupNamePrefix')}"
    return None


def text(body: bytes, field: str) -> str:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return ""
    value = request.get(field) if isinstance(request, dict) else None
    return value if isinstance(value, str) else ""
