"""Alarms as CloudWatch has them. ministack keeps them whole, but answers Terraform with a part of each, so that Terraform
would change them for ever; and it judges them by all metrics of a name, whatever their dimensions, and not by a lack of data.
"""

import json
import time
from xml.sax.saxutils import escape

COMPARE = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}
MISSING = {"breaching": True, "notBreaching": False}


def adapt_alarms(modules: dict):
    cloudwatch = modules["cloudwatch"]
    describe, put = cloudwatch._describe_alarms, cloudwatch._put_metric_alarm

    def kept_as_sent(params, data, is_cbor, is_json=False):
        """ministack fills in a statistic and a period where none was sent, beside a percentile for example."""
        answer = put(params, data, is_cbor, is_json)
        sent = data if is_cbor or is_json else params
        alarm = cloudwatch._alarms.get(data.get("AlarmName") if is_cbor or is_json else cloudwatch._p(params, "AlarmName"))
        for field in ("Statistic", "Period"):
            if answer[0] == 200 and alarm and field not in sent:
                alarm.pop(field, None)
        return answer

    def described(params, data, is_cbor, is_json=False):
        cloudwatch._evaluate_all_alarms()
        if is_cbor or is_json:
            return describe(params, data, is_cbor, is_json)
        status, headers, body = describe({}, asked(params, cloudwatch._p), False, True)
        if status != 200:
            return describe(params, data, False, False)
        return cloudwatch._xml(200, "DescribeAlarmsResponse", element("DescribeAlarmsResult", json.loads(body)))

    cloudwatch._put_metric_alarm = kept_as_sent
    cloudwatch._describe_alarms = described
    cloudwatch._evaluate_alarm = lambda alarm: evaluate(cloudwatch, alarm)


def asked(params, read) -> dict:
    """The parameters of DescribeAlarms as its JSON form has them."""
    def many(name):
        values = (read(params, f"{name}.member.{place}") for place in range(1, 101))
        return [value for value in values if value]

    one = {name: read(params, name) for name in ("AlarmNamePrefix", "StateValue", "MaxRecords", "NextToken")}
    lists = {name: many(name) for name in ("AlarmNames", "AlarmTypes")}
    return {name: value for name, value in {**one, **lists}.items() if value}


def element(name: str, value) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        inner = "".join(element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        inner = "".join(element("member", part) for part in value)
    elif isinstance(value, bool):
        inner = "true" if value else "false"
    elif name.endswith("Timestamp") and isinstance(value, (int, float)):
        inner = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(value))
    else:
        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"


def evaluate(cloudwatch, alarm: dict):
    """The state that the newest whole periods give, the running one among them; alarms on expressions are not judged."""
    period, periods = alarm.get("Period", 0), alarm.get("EvaluationPeriods", 1)
    compare = COMPARE.get(alarm.get("ComparisonOperator"))
    if not alarm.get("MetricName") or not period or compare is None:
        return
    now = time.time()
    wanted = cloudwatch._dims_key({one["Name"]: one["Value"] for one in alarm.get("Dimensions") or []})
    points = cloudwatch._metrics.get((alarm.get("Namespace"), alarm["MetricName"], wanted)) or []
    statistic = alarm.get("ExtendedStatistic") or alarm.get("Statistic", "Average")
    breaching, seen = 0, False
    for place in range(periods):
        until = now - place * period
        within = [point for point in points if until - period <= point["Timestamp"] < until]
        value = cloudwatch._stat_value(cloudwatch._calc_stats(within), statistic, within) if within else None
        seen = seen or value is not None
        is_over = MISSING.get(alarm.get("TreatMissingData")) if value is None else compare(value, alarm["Threshold"])
        breaching += bool(is_over)
    # An alarm that is younger than what it looks at knows nothing yet.
    is_young = now - alarm.get("AlarmConfigurationUpdatedTimestamp", 0) < period * periods
    if not seen and (is_young or alarm.get("TreatMissingData", "missing") not in MISSING):
        return
    state = "ALARM" if breaching >= (alarm.get("DatapointsToAlarm") or periods) else "OK"
    before = alarm["StateValue"]
    if state == before:
        return
    reason = f"{breaching} of {periods} periods are beyond the threshold {alarm['Threshold']}"
    alarm.update({"StateValue": state, "StateReason": reason, "StateUpdatedTimestamp": int(now)})
    cloudwatch._record_history(alarm["AlarmName"], before, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)
