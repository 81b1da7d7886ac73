"""Condition keys of KMS that a request carries: ministack evaluates conditions, but does not know these, so that a
statement with one of them would allow nothing.
"""

import json

KEYS = {"SigningAlgorithm": "kms:SigningAlgorithm", "MessageType": "kms:MessageType",
        "EncryptionAlgorithm": "kms:EncryptionAlgorithm"}


def adapt_kms_conditions(modules: dict):
    actions = modules["iam_actions"]
    tag_context = actions.request_tag_context

    def context(service, action, body, *given):
        carried = tag_context(service, action, body, *given)
        return {**carried, **kms_context(body)} if service == "kms" else carried

    actions.request_tag_context = context


def kms_context(body: bytes) -> dict:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    if not isinstance(request, dict):
        return {}
    return {key: request[field] for field, key in KEYS.items() if isinstance(request.get(field), str)}
