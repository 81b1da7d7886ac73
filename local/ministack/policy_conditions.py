"""Condition keys that a request to IAM or DynamoDB carries: ministack evaluates conditions, but does not know these, so
that a statement with one of them would allow nothing.

`iam:PermissionsBoundary` is the boundary that the request sets or, for a call about a role that exists, the one it has.
`dynamodb:LeadingKeys` is the partition key of an item that is read, written or deleted by itself; a query carries none here.
"""

import json

SETS_BOUNDARY = {"iam:CreateRole", "iam:PutRolePermissionsBoundary"}
ONE_ITEM = {"dynamodb:GetItem": "Key", "dynamodb:DeleteItem": "Key", "dynamodb:UpdateItem": "Key",
            "dynamodb:PutItem": "Item"}


def adapt_policy_conditions(modules: dict):
    actions, iam, dynamodb = modules["iam_actions"], modules["iam"], modules["dynamodb"]
    tag_context = actions.request_tag_context

    def context(service, action, body, params):
        carried = tag_context(service, action, body, params)
        if service == "iam":
            return {**carried, **iam_context(iam, action, params)}
        if service == "dynamodb":
            return {**carried, **leading_keys(dynamodb, action, body)}
        return carried

    actions.request_tag_context = context


def iam_context(iam, action: str, params: dict) -> dict:
    boundary = iam._p(params, "PermissionsBoundary") if action in SETS_BOUNDARY else (
        iam._roles.get(iam._p(params, "RoleName")) or {}).get("PermissionsBoundary")
    policy = iam._p(params, "PolicyArn")
    return {**({"iam:PermissionsBoundary": boundary} if boundary else {}),
            **({"iam:PolicyARN": policy} if policy else {})}


def leading_keys(dynamodb, action: str, body: bytes) -> dict:
    holder = ONE_ITEM.get(action)
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    if holder is None or not isinstance(request, dict) or not isinstance(request.get(holder), dict):
        return {}
    table = dynamodb._tables.get(str(request.get("TableName", "")).rsplit("/", 1)[-1])
    value = request[holder].get(table["pk_name"]) if table else None
    return {"dynamodb:LeadingKeys": [str(next(iter(value.values())))]} if isinstance(value, dict) and value else {}
