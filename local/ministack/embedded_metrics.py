"""Metrics that functions write into their logs (CloudWatch embedded metric format): CloudWatch reads them there, ministack
keeps the lines alone.
"""

import json


def adapt_embedded_metrics(modules: dict):
    lambda_svc = modules["lambda_svc"]
    emit = lambda_svc._emit_lambda_logs

    def emitted(func, request_id, log_text, *given, **named):
        for line in (log_text or "").splitlines():
            if '"_aws"' in line:
                record(modules["cloudwatch"], line)
        return emit(func, request_id, log_text, *given, **named)

    lambda_svc._emit_lambda_logs = emitted


def record(cloudwatch, line: str):
    """A line that is no such document is a line like others."""
    try:
        document = json.loads(line)
        for block in document["_aws"]["CloudWatchMetrics"]:
            for names in block["Dimensions"]:
                dimensions = {name: str(document[name]) for name in names}
                for metric in block["Metrics"]:
                    name = metric["Name"]
                    unit = metric.get("Unit", "None")
                    cloudwatch.record_metric(block["Namespace"], name, document[name], unit, dimensions)
    except (ValueError, KeyError, TypeError):
        return
