"""Refresh tokens that rotate, as Amazon Cognito's: where an app client says so, each refresh brings a new one, and the
old one is good for the client's grace period only. ministack forgets the setting and issues no new token.
"""

import hashlib
import json
import threading
import time


def adapt_token_rotation(modules: dict):
    cognito = modules["cognito"]
    get_tokens = cognito._get_tokens_from_refresh_token
    rotating = threading.Lock()

    def kept_by(handler):
        """Creates or updates an app client, and keeps what it says of rotation."""
        def handle(data):
            answer = handler(data)
            if answer[0] != 200:
                return answer
            client_id = json.loads(answer[2])["UserPoolClient"]["ClientId"]
            client = cognito._pool_for_client(client_id)[0]["_clients"][client_id]
            # As Cognito: an update sets what it does not name back to its default.
            client["RefreshTokenRotation"] = data.get("RefreshTokenRotation")
            return cognito._describe_user_pool_client({"UserPoolId": client["UserPoolId"], "ClientId": client_id})
        return handle

    def reused(pool: dict, token: str, until: float, grace: float) -> bool:
        """Whether a token was used before, longer ago than the grace period. This is its first use otherwise."""
        now = time.time()
        key = hashlib.sha256(token.encode()).hexdigest()
        with rotating:
            used = {other: use for other, use in pool.get("_rotated", {}).items() if use["until"] > now}
            first = used.setdefault(key, {"first": now, "until": until})["first"]
            pool["_rotated"] = used
        return now > first + grace

    def refreshed(data):
        client_id, token = data.get("ClientId"), data.get("RefreshToken")
        pool, pool_id = cognito._pool_for_client(client_id)
        rotation = (pool["_clients"][client_id].get("RefreshTokenRotation") or {}) if pool else {}
        if rotation.get("Feature") != "ENABLED":
            return get_tokens(data)
        user, refused = cognito._refresh_auth_user(pool, pool_id, client_id, token)
        if refused:
            return refused
        claims = cognito._token_claims(token)
        if reused(pool, token, claims["exp"], rotation.get("RetryGracePeriodSeconds", 0)):
            # Unverified: the words; the code is published.
            return cognito.error_response_json("RefreshTokenReuseException", "Refresh Token has been used before", 400)
        result = cognito._build_auth_result(
            pool_id, client_id, user, trigger_source="TokenGeneration_RefreshTokens",
            origin_jti=claims.get("origin_jti", ""), scope=claims.get("scope"))
        return cognito.json_response({"AuthenticationResult": result})

    cognito._create_user_pool_client = kept_by(cognito._create_user_pool_client)
    cognito._update_user_pool_client = kept_by(cognito._update_user_pool_client)
    cognito._get_tokens_from_refresh_token = refreshed
