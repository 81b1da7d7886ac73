"""Sign-up as Amazon Cognito's, where ministack's is not.

Codes are random, expire and are used once. The PostConfirmation trigger runs before the caller is answered, and what
goes wrong with it is the caller's answer, though the user stays confirmed. A password cannot be reset by an address
that was never verified: it would confirm the user around the trigger.
"""

import json
import secrets
import threading
import time

from post_confirmation import event_of, trigger_error

# How long a code that was sent is good for, by the field of the user that ministack keeps it in.
CODE_SECONDS = {"_confirmation_code": 24 * 3600, "_reset_code": 3600}

BY_SIGN_UP = "PostConfirmation_ConfirmSignUp"
BY_PASSWORD = "PostConfirmation_ConfirmForgotPassword"


def adapt_sign_up(modules: dict):
    """Replaces functions of ministack's Cognito where it looks them up by their global names."""
    cognito = modules["cognito"]
    send, check, get_state = cognito._send_verification_email, cognito._confirmation_code_error, cognito.get_state
    sign_up, forgot_password, resend = cognito._sign_up, cognito._forgot_password, cognito._resend_confirmation_code
    # A code counts once, however many use it at the same moment; and no capture comes between it and its effect.
    confirming = threading.RLock()

    def error(code: str, message: str):
        return cognito.error_response_json(code, message, 400)

    def find(data: dict):
        """The pool and the user that a call of an app client means, None where there is none."""
        pool = cognito._pool_for_client(data.get("ClientId"))[0]
        return pool, pool and cognito._resolve_user(pool, data.get("Username"))[0]

    def find_as_admin(data: dict):
        pool = cognito._user_pools.get(data.get("UserPoolId"))
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
        status = (find_as_admin(data)[1] or {}).get("UserStatus", "UNCONFIRMED")
        if status != "UNCONFIRMED":
            return error("NotAuthorizedException", f"User cannot be confirmed. Current status is {status}")

    def verify_email(user):
        if "email" in cognito._attr_list_to_dict(user["Attributes"]):
            verified = [{"Name": "email_verified", "Value": "true"}]
            user["Attributes"] = cognito._merge_attributes(user["Attributes"], verified)

    def tell(pool, event):
        """The answer of a trigger that went wrong, or None."""
        function = (pool.get("LambdaConfig") or {}).get("PostConfirmation")
        return trigger_error(modules, function, event) if function else None

    def confirmed_by(handler, source, refuse, then=lambda user: None, find=find):
        def handle(data):
            with confirming:
                answer = refuse(data) or handler(data)
                if answer[0] != 200:
                    return answer
                pool, user = find(data)
                then(user)
                event = event_of(cognito, pool, user, source, data)
            return tell(pool, event) or answer
        return handle

    def sign_up_at_once(data):
        """A PreSignUp trigger may confirm the user, who then needs no code."""
        answer = sign_up(data)
        if answer[0] != 200 or not json.loads(answer[2])["UserConfirmed"]:
            return answer
        pool, user = find(data)
        return tell(pool, event_of(cognito, pool, user, BY_SIGN_UP, data)) or answer

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
    cognito._sign_up = sign_up_at_once
    cognito._confirm_sign_up = confirmed_by(
        cognito._confirm_sign_up, BY_SIGN_UP, lambda data: code_error("ConfirmSignUp", data), verify_email)
    cognito._admin_confirm_sign_up = confirmed_by(
        cognito._admin_confirm_sign_up, BY_SIGN_UP, admin_error, find=find_as_admin)
    cognito._confirm_forgot_password = confirmed_by(
        cognito._confirm_forgot_password, BY_PASSWORD, lambda data: code_error("ConfirmForgotPassword", data))
    cognito.get_state = captured
