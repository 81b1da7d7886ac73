"""Writes down what IAM decided for roles, for whoever wants to know what each role is used for.

A line of JSON for each different decision: the role's name, the action, the resource, whether the role's own policies
allowed it, and the Sid of the statement that decided. What a resource's policy says of the same call is not in it.
"""

import contextvars
import json


def record_decisions(modules: dict, path: str):
    """From now on; `path` is written anew."""
    evaluator = modules["iam_evaluator"]
    evaluate, evaluate_resource_policy = evaluator.evaluate, evaluator.evaluate_resource_policy
    in_resource_policy = contextvars.ContextVar("onair_in_resource_policy", default=False)
    file = open(path, "w", buffering=1)
    written = set()

    def recorded(context, policies, *limits):
        result = evaluate(context, policies, *limits)
        if context.principal_type == "AssumedRole" and not in_resource_policy.get():
            # arn:aws:sts::<account>:assumed-role/<role>/<session>
            role = context.principal_arn.split("/")[1]
            decision = {"role": role, "action": context.action, "resource": context.resource_arn,
                        "allowed": result.decision == "Allow", "sid": result.matched_sid}
            line = json.dumps(decision)
            if line not in written:
                written.add(line)
                file.write(f"{line}\n")
        return result

    def beside(*given, **named):
        token = in_resource_policy.set(True)
        try:
            return evaluate_resource_policy(*given, **named)
        finally:
            in_resource_policy.reset(token)

    evaluator.evaluate = recorded
    evaluator.evaluate_resource_policy = beside
