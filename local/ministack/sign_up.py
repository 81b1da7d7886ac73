"""Sign-up as Amazon Cognito's, where ministack's is not.

Codes are random, expire and are used once. The PostConfirmation trigger runs before the caller is answered, and what
goes wrong with it is the caller's answer, though the user stays confirmed. A password cannot be reset by an address
that was never verified: it would confirm the user around the trigger.
"""

import contextvars
import queue
import secrets
import threading
import time

from routes import resource_allows

# How long a code that was sent is good for, by the field of the user that ministack keeps it in.
CODE_SECONDS = {"_confirmation_code": 24 * 3600, "_reset_code": 3600}

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


def adapt_sign_up(modules: dict):
    """Replaces functions of ministack's Cognito where it looks them up by their global names."""
    cognito = modules["cognito"]
    send, check, get_state = cognito._send_verification_email, cognito._confirmation_code_error, cognito.get_state
    forgot_password, resend = cognito._forgot_password, cognito._resend_confirmation_code
    # A code counts once, however many use it at the same moment; and no capture comes between it and its effect.
    confirming = threading.RLock()

    def error(code: str, message: str):
        return cognito.error_response_json(code, message, 400)

    def find(data: dict):
        """The pool and the user that a call means, None where there is none."""
        pool_id = data.get("UserPoolId")
        pool = cognito._user_pools.get(pool_id) if pool_id else cognito._pool_for_client(data.get("ClientId"))[0]
        return pool, pool and cognito._resolve_user(pool, data.get("Username"))[0]

    def send_code(pool, username, attributes, _, attribute_name="email"):
        field = "_reset_code" if attribute_name == "password" else "_confirmation_code"
        user = cognito._resolve_user(pool, username)[0]
        user[field] = f"{secrets.randbelow(10**6):06}"
        user[f"{field}_time"] = time.time()
        return send(pool, user["Username"], attributes, user[field], attribute_name)

    def code_error(action, data):
        """As ministack's, once the codes that are too old, or were never sent, are gone."""
        user = find(data)[1] if action in ("ConfirmSignUp", "ConfirmForgotPassword") else None
        for field, seconds in CODE_SECONDS.items():
            if user and user.get(f"{field}_time", 0) + seconds < time.time():
                user.pop(field, None)
        return check(action, data)

    def admin_error(data):
        status = (find(data)[1] or {}).get("UserStatus", "UNCONFIRMED")
        if status != "UNCONFIRMED":
            return error("NotAuthorizedException", f"User cannot be confirmed. Current status is {status}")

    def verify_email(user):
        if "email" in cognito._attr_list_to_dict(user["Attributes"]):
            verified = [{"Name": "email_verified", "Value": "true"}]
            user["Attributes"] = cognito._merge_attributes(user["Attributes"], verified)

    def confirmed_by(handler, source, refuse, then=lambda user: None):
        def handle(data):
            with confirming:
                answer = refuse(data) or handler(data)
                if answer[0] != 200:
                    return answer
                pool, user = find(data)
                then(user)
                event = event_of(cognito, pool, user, source, data)
            function = (pool.get("LambdaConfig") or {}).get("PostConfirmation")
            return function and trigger_error(modules, function, event) or answer
        return handle

    def forgot(data):
        user = find(data)[1]
        if user and user["UserStatus"] == "FORCE_CHANGE_PASSWORD":
            return error("NotAuthorizedException", "User password cannot be reset in the current state.")
        attributes = cognito._attr_list_to_dict(user["Attributes"]) if user else {}
        if user and "true" not in (attributes.get("email_verified"), attributes.get("phone_number_verified")):
            return error("InvalidParameterException", "Cannot reset password for the user as there is no "
                                                      "registered/verified email or phone_number")
        return forgot_password(data)

    def resend_code(data):
        user = find(data)[1]
        if user and user["UserStatus"] != "UNCONFIRMED":
            return error("InvalidParameterException", "User is already confirmed.")
        return resend(data)

    def captured():
        with confirming:
            return get_state()

    cognito._send_verification_email = send_code
    cognito._confirmation_code_error = code_error
    cognito._forgot_password = forgot
    cognito._resend_confirmation_code = resend_code
    cognito._confirm_sign_up = confirmed_by(
        cognito._confirm_sign_up, "PostConfirmation_ConfirmSignUp",
        lambda data: code_error("ConfirmSignUp", data), verify_email)
    cognito._admin_confirm_sign_up = confirmed_by(
        cognito._admin_confirm_sign_up, "PostConfirmation_ConfirmSignUp", admin_error)
    cognito._confirm_forgot_password = confirmed_by(
        cognito._confirm_forgot_password, "PostConfirmation_ConfirmForgotPassword",
        lambda data: code_error("ConfirmForgotPassword", data))
    cognito.get_state = captured
