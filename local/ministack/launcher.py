"""Runs the pinned ministack inside this process, for the edge alone.

Standard input: one line of JSON, {"secret": ..., "decisions": path or nothing}, then silence. The secret stays in
this process's memory, so no function that ministack starts can read it. When standard input closes
(our parent stopped, however hard), this process and every child of it end at once: what must
survive is in the generations, not here.
Standard output: one line of JSON, {"port": ...}, once the port is known; then one, {"mail": ...},
for each mail that is sent.

Every request carries the secret in `x-onair-secret`, or is refused. `x-onair-transport: http`
says that the client came without TLS; anything else counts as TLS, as it would on AWS.
What ministack lacks a door for is in routes.py; alarms.py, api_tags.py, embedded_metrics.py, kms_conditions.py, mail.py,
policy_conditions.py, policy_resources.py, sign_up.py and token_rotation.py make it behave as Amazon does.
All of it leans on ministack's private functions: PINNED names them, and the version is checked.
"""

import asyncio
import contextvars
import hmac
import importlib
import json
import os
import resource
import signal
import socket
import sys
import threading

from alarms import adapt_alarms
from api_tags import adapt_api_tags
from decisions import record_decisions
from embedded_metrics import adapt_embedded_metrics
from kms_conditions import adapt_kms_conditions
from mail import adapt_mail
from policy_conditions import adapt_policy_conditions
from policy_resources import adapt_policy_resources
from routes import ROUTES
from sign_up import adapt_sign_up
from token_rotation import adapt_token_rotation

VERSION = "1.5.33"

PINNED = {
    "ministack.app": ["app", "pin_request_origin", "save_all", "AUTH", "_state_map", "_get_module",
                      "_load_persisted_state", "_build_persistence_save_dict", "_request_account_scope"],
    "ministack.core.persistence": ["load_state", "_json_default", "_state_format_version"],
    "ministack.core.responses": ["set_request_account_id", "set_request_region", "get_account_id"],
    "ministack.core.iam_actions": ["identity_denial_message", "request_tag_context", "extract_iam_action",
                                   "extract_resource_arn"],
    "ministack.core.iam_evaluator": ["AuthError", "authenticate", "enforce", "pin_request_origin", "pin_signed_body",
                                     "pin_signed_request", "_is_root_key", "_signed_request", "_anonymous",
                                     "EvalContext", "evaluate", "evaluate_resource_policy", "_resource_policy"],
    "ministack.services.cognito": ["_attr_list_to_dict", "_merge_attributes", "_pool_arn", "_pool_for_client",
                                   "_pool_region", "_resolve_user", "_user_pools", "get_account_id", "get_state",
                                   "error_response_json", "_confirmation_code_error", "_send_verification_email",
                                   "_sign_up", "_forgot_password", "_resend_confirmation_code", "_confirm_sign_up",
                                   "_admin_confirm_sign_up", "_confirm_forgot_password", "_create_user_pool_client",
                                   "_update_user_pool_client", "_describe_user_pool_client", "json_response",
                                   "_get_tokens_from_refresh_token", "_refresh_auth_user", "_token_claims",
                                   "_build_auth_result"],
    "ministack.services.apigateway": ["_tag_resource", "_untag_resource", "_validate_tag_resource_arn", "_apis",
                                      "_stages", "_api_tags"],
    "ministack.services.cloudwatch": ["_describe_alarms", "_put_metric_alarm", "_evaluate_alarm", "_evaluate_all_alarms",
                                      "_evaluate_parent_alarms", "_alarms", "_metrics", "_p", "_xml", "_dims_key",
                                      "_calc_stats", "_stat_value", "_record_history", "_dispatch_alarm_actions",
                                      "record_metric"],
    "ministack.services.dynamodb": ["_tables"],
    "ministack.services.eventbridge": ["_put_events", "_now_ts"],
    "ministack.services.iam": ["_p", "_roles"],
    "ministack.services.lambda_svc": ["_get_func_record_for_ref", "_execution_record_for_config",
                                      "_execute_function_with_config_scope", "_emit_lambda_logs"],
    "ministack.services.s3": ["_buckets", "_atomic_write"],
    "ministack.services.ses": ["_sent_emails", "_sent_emails_list", "_restore_regional_store", "get_state",
                               "load_persisted_state"],
}

SINGLE = {"sqs:SendMessageBatch": "sqs:SendMessage", "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility"}

transport = contextvars.ContextVar("onair_transport", default="https")


def stop(line: str):
    """One clear line as the last thing in the log, then out, with every child."""
    print(line, file=sys.stderr, flush=True)
    end(1)


def end(code: int):
    """Ends this process and, where it leads its group, everything in it. No cleaning up: nothing here is worth it."""
    if os.getpgrp() == os.getpid():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpid(), signal.SIGTERM)
    os._exit(code)


def pinned_modules() -> dict:
    from importlib.metadata import version

    found = version("ministack")
    if found != VERSION:
        stop(f"ministack {found} is installed, this launcher works with {VERSION} only")
    modules = {}
    for module, names in PINNED.items():
        modules[module.rsplit(".", 1)[-1]] = loaded = importlib.import_module(module)
        missing = [name for name in names if not hasattr(loaded, name)]
        if missing:
            stop(f"ministack {found} has no {module}.{', '.join(missing)}")
    if not modules["app"].AUTH:
        stop("AUTH is not true: IAM would not be enforced")
    return modules


def adapt(modules: dict):
    """Five changes to how ministack behaves, each where it looks the function up by its global name."""
    app, persistence, evaluator = modules["app"], modules["persistence"], modules["iam_evaluator"]

    def restore():
        """As ministack's own, but a service that cannot be restored stops the start instead of losing its data."""
        for key, module in app._state_map.items():
            if os.path.exists(os.path.join(persistence.STATE_DIR, f"{key}.json")):
                data = persistence.load_state(key)
                if data is None:
                    raise RuntimeError(f"the saved state of {key} cannot be read")
                app._get_module(module).load_persisted_state(data)

    app._load_persisted_state = restore
    # Generations are the one persistence; ministack's own save on shutdown would be a second, torn one.
    app.save_all = lambda services: None
    # The header that ministack reads could be sent by anyone; the edge decides what counts as TLS.
    app.pin_request_origin = lambda address, _: evaluator.pin_request_origin(address, transport.get() == "https")
    # Root keys pass unchecked otherwise, and a web page can guess them: with this their signature is verified too.
    evaluator._is_root_key = lambda access_key: False
    # A batch of messages takes the right to each; ministack asks for actions that IAM does not have.
    enforce = evaluator.enforce
    evaluator.enforce = lambda access_key, action, *given, **named: enforce(
        access_key, SINGLE.get(action, action), *given, **named)


async def answer(send, status: int, content: dict):
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def guarded(modules: dict, secret: str):
    """The ASGI application: the secret first, then our own routes, then ministack."""
    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            try:
                return await modules["app"].app(scope, receive, send)
            except Exception as error:  # the server would go on without what was not restored
                stop(f"ministack did not start: {error}")
        headers = scope["headers"]
        given = next((value for name, value in headers if name == b"x-onair-secret"), b"")
        if not hmac.compare_digest(given, secret.encode()):
            if scope["type"] == "websocket":
                await receive()
                return await send({"type": "websocket.close", "code": 1008})
            return await answer(send, 403, {"message": "Only the local cloud's edge may call this port."})
        transport.set(next((v.decode("latin-1") for n, v in headers if n == b"x-onair-transport"), "https"))
        scope = {**scope, "headers": [(n, v) for n, v in headers if not n.startswith(b"x-onair-")]}
        route = ROUTES.get(scope["path"]) if scope["type"] == "http" else None
        if route is None:
            return await modules["app"].app(scope, receive, send)
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        try:
            await answer(send, 200, await route(modules, json.loads(body or b"{}")))
        except Exception as error:
            await answer(send, 500, {"message": f"{scope['path']}: {error!r}"})

    return application


def end_with_parent():
    """Blocks until standard input closes."""
    while os.read(0, 4096):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    end(0)


def first_line() -> bytes:
    """Read byte by byte past Python's buffer, which a thread may not hold while the interpreter ends."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            end(0)
        line += byte
    return line


def raise_file_limit():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def main():
    told = json.loads(first_line())
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.umask(0o077)
    raise_file_limit()
    modules = pinned_modules()
    adapt(modules)
    adapt_mail(modules)
    adapt_sign_up(modules)
    adapt_token_rotation(modules)
    adapt_api_tags(modules)
    adapt_kms_conditions(modules)
    adapt_policy_conditions(modules)
    adapt_policy_resources(modules)
    adapt_alarms(modules)
    adapt_embedded_metrics(modules)
    if told.get("decisions"):
        record_decisions(modules, told["decisions"])

    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.keep_alive_timeout = 120
    config.keep_alive_max_requests = 1_000_000_000
    config.loglevel = "WARNING"
    try:
        asyncio.run(serve(guarded(modules, told["secret"]), config))
    except Exception as error:
        stop(f"ministack stopped: {error}")


if __name__ == "__main__":
    main()
