import { list, statementsOf } from "../policies.ts";
import { at, type Block, missing, type Resources, type Rule, target } from "./blocks.ts";

/** A policy lets alarms of this account do a thing. */
const alarmsMay = (policy: unknown, action: string) =>
  statementsOf(String(policy ?? "{}"))?.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Allow" &&
      at(Principal, "Service") === "cloudwatch.amazonaws.com" &&
      list(Action).includes(action) &&
      String(at(Condition, "StringEquals", "aws:SourceAccount")).includes("aws_caller_identity"),
  ) ?? false;

const blockAbout = (resources: Resources, type: string, attribute: string, about: string): Block | undefined =>
  Object.values(resources[type] ?? {}).find((block) => target(block[attribute]) === about);

/** What an alarm needs to reach people: its topic takes it, and so does the key that the topic is encrypted with. */
export const operationsRules: Record<string, Rule> = {
  aws_cloudwatch_metric_alarm: (alarm, resources) =>
    list(alarm.alarm_actions as string[] | undefined).map((action) => {
      const topic = target(action);
      const [type = "", id = ""] = topic.split(".");
      const key = target(resources[type]?.[id]?.kms_master_key_id);
      const topicPolicy = blockAbout(resources, "aws_sns_topic_policy", "arn", topic);
      const keyPolicy = blockAbout(resources, "aws_kms_key_policy", "key_id", key);
      return {
        to: topic,
        missing: missing({
          "sns:Publish for alarms": alarmsMay(topicPolicy?.policy, "sns:Publish"),
          "kms:GenerateDataKey for alarms": alarmsMay(keyPolicy?.policy, "kms:GenerateDataKey"),
          "kms:Decrypt for alarms": alarmsMay(keyPolicy?.policy, "kms:Decrypt"),
          "an end that is told too": JSON.stringify(alarm.ok_actions) === JSON.stringify(alarm.alarm_actions),
        }),
      };
    }),
};
