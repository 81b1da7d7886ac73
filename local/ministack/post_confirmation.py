"""The PostConfirmation trigger of a user pool, which ministack does not know: its event, its invocation, its failures."""

import contextvars
import queue
import threading

from routes import resource_allows

# Published: a trigger that does not answer in time is called again, three times in all. Unverified: that a throttled
# one is called again too, and that one which failed is not.
TRIGGER_SECONDS = 5
TRIGGER_CALLS = 3

# Unverified: the event's first field where no SDK is known, and its client where an administrator confirms.
SDK_VERSION = "aws-sdk-unknown-unknown"
NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"

# Unverified: which fields of the event Cognito looks for in the answer, beside the response.
RETURNED = ("version", "triggerSource", "userPoolId", "userName")


def within(seconds: float, work, *arguments):
    """What the work returns, or None where it takes longer; it goes on then, and nobody hears of it."""
    outcome = queue.SimpleQueue()
    context = contextvars.copy_context()

    def run():
        try:
            outcome.put((context.run(work, *arguments), None))
        except Exception as error:  # raised again where it is waited for
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = outcome.get(timeout=seconds)
    except queue.Empty:
        return None
    if error is not None:
        raise error
    return result


def event_of(cognito, pool: dict, user: dict, source: str, data: dict) -> dict:
    """The event of a PostConfirmation trigger, as the developer guide shows it."""
    attributes = cognito._attr_list_to_dict(user["Attributes"])
    metadata = data.get("ClientMetadata")
    return {
        "version": "1",
        "region": cognito._pool_region(pool["Id"]),
        "userPoolId": pool["Id"],
        "userName": user["Username"],
        "callerContext": {"awsSdkVersion": SDK_VERSION, "clientId": data.get("ClientId") or NO_CLIENT},
        "triggerSource": source,
        "request": {
            "userAttributes": {**attributes, "cognito:user_status": user["UserStatus"]},
            # Unverified: that it is left out where the caller gave none.
            **({"clientMetadata": metadata} if metadata else {}),
        },
        "response": {},
    }


def trigger_error(modules: dict, function: str, event: dict):
    """Invokes the trigger; the answer that the caller gets instead of its own, or None."""
    cognito, functions = modules["cognito"], modules["lambda_svc"]

    def error(code: str, message: str):
        return cognito.error_response_json(code, message, 400)

    def not_invoked(reason: str):
        return error("UnexpectedLambdaException", f"PostConfirmation invocation failed due to error {reason}.")

    pool = cognito._pool_arn(event["userPoolId"])
    question = {"accountId": cognito.get_account_id(), "region": event["region"], "sourceArn": pool, "resource": function,
                "service": "cognito-idp.amazonaws.com", "action": "lambda:InvokeFunction"}
    record, config, _ = functions._get_func_record_for_ref(function)
    if record is None or not contextvars.copy_context().run(resource_allows, modules, question):
        return not_invoked("AccessDeniedException")
    for _ in range(TRIGGER_CALLS):
        outcome = within(TRIGGER_SECONDS, functions._execute_function_with_config_scope,
                         functions._execution_record_for_config(record, config), event)
        if outcome is not None and not outcome.get("throttle"):
            break
    if outcome is None:
        return not_invoked("Socket timeout while invoking Lambda function")
    if outcome.get("throttle"):
        return not_invoked("TooManyRequestsException")
    body = outcome.get("body")
    if outcome.get("error"):
        return error("UserLambdaValidationException", f"PostConfirmation failed with error {body['errorMessage']}.")
    if not (isinstance(body, dict) and isinstance(body.get("response"), dict)
            and all(body.get(field) == event[field] for field in RETURNED)):
        return error("InvalidLambdaResponseException", "Unrecognizable lambda output")
    return None
