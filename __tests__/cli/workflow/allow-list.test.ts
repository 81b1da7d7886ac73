import { describe, expect, it } from "vitest";
import { teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";
import { refusedIn } from "#cli/workflow/allow-list.ts";
import { stateKey } from "#settings/backend.ts";

const environment = teamEnvironment();
const { backend } = environment;
const stacks = teamStacks(environment);
// biome-ignore lint/suspicious/noExplicitAny: tests write what no type would let them
type Written = Record<string, any>;
const minimal = (): Written => ({
  terraform: {
    backend: { s3: { ...backend, key: "key" } },
    required_providers: { aws: { source: "aws", version: "~> 5.100" } },
  },
  provider: { aws: [{ region: "us-west-2" }] },
  resource: { aws_ivs_channel: { stage: { name: "stage" } } },
});
const refused = (change: (stack: Written) => void) => {
  const stack = minimal();
  change(stack);
  return refusedIn(stack, backend, "key");
};

describe("what was synthesized elsewhere", () => {
  it.each(["state", "platform", "delivery"] as const)("passes where it is our stack %s", (name) => {
    expect(refusedIn(stacks[name].json as never, backend, stateKey("dev", name))).toEqual([]);
  });

  it.each<[string, (stack: Written) => void, ...(readonly string[])]>([
    [
      "a provider from elsewhere",
      ({ terraform }) => {
        terraform.required_providers.aws.source = "evil/aws";
      },
      "terraform.required_providers.aws: evil/aws is no provider of ours",
    ],
    [
      "another provider",
      ({ terraform }) => {
        terraform.required_providers.http = { source: "hashicorp/http" };
      },
      "terraform.required_providers.http: hashicorp/http is no provider of ours",
    ],
    [
      "another state",
      ({ terraform }) => {
        terraform.backend.s3.bucket = "elsewhere";
      },
      "terraform.backend: is not the one of the settings",
    ],
    [
      "another kind of state",
      ({ terraform }) => {
        terraform.backend = { http: { address: "https://example.com" } };
      },
      "terraform.backend: is not the one of the settings",
    ],
    [
      "the cloud of somebody",
      ({ terraform }) => {
        terraform.cloud = {};
      },
      "terraform.cloud: is not set by our stacks",
    ],
    [
      "an address to send calls to",
      ({ provider }) => {
        provider.aws[0].endpoints = [{ ivs: "https://example.com" }];
      },
      "provider.aws.endpoints: is not set by our stacks",
    ],
    [
      "data that runs a program",
      (stack) => {
        stack.data = { external: { run: { program: ["sh"] } } };
      },
      "data.external: is not read by our plans",
    ],
    [
      "data that calls an address",
      (stack) => {
        stack.data = { http: { get: { url: "https://example.com" } } };
      },
      "data.http: is not read by our plans",
    ],
    [
      "the state of another",
      (stack) => {
        stack.data = { terraform_remote_state: { other: {} } };
      },
      "data.terraform_remote_state: is not read by our plans",
    ],
    [
      "a stream key, which the provider shows",
      (stack) => {
        stack.data = { aws_ivs_stream_key: { key: {} } };
      },
      "data.aws_ivs_stream_key: is not read by our plans",
    ],
    [
      "an archive of the machine that plans",
      (stack) => {
        stack.data = {
          archive_file: {
            all: { source_dir: "/proc/self", output_path: "${path.module}/archives/a.zip", type: "zip" },
          },
        };
      },
      "data.archive_file.all: archives something else than the stack's assets",
    ],
    [
      "an archive of what lies above its assets",
      (stack) => {
        stack.data = {
          archive_file: {
            all: { source_dir: "${path.module}/assets/../../AB", output_path: "${path.module}/archives/a.zip" },
          },
        };
      },
      "data.archive_file.all: archives something else than the stack's assets",
    ],
    [
      "a module",
      (stack) => {
        stack.module = { evil: { source: "git::https://example.com" } };
      },
      "module: is no block of our stacks",
    ],
    [
      "a check with data of its own",
      (stack) => {
        stack.check = {};
      },
      "check: is no block of our stacks",
    ],
    [
      "a provisioner",
      ({ resource }) => {
        resource.aws_ivs_channel.stage.provisioner = [{ "local-exec": { command: "sh" } }];
      },
      "resource.aws_ivs_channel.stage.provisioner: runs programs",
    ],
    [
      "what Cloud Control makes of another type",
      ({ resource }) => {
        resource.aws_cloudcontrolapi_resource = { one: { type_name: "AWS::IAM::Role", desired_state: "{}" } };
      },
      'resource.aws_cloudcontrolapi_resource.one.type_name: "AWS::IAM::Role" is not made by our stacks',
    ],
    [
      "what Cloud Control makes by another role",
      ({ resource }) => {
        const one = { type_name: "AWS::IVS::RecordingConfiguration", desired_state: "{}" };
        resource.aws_cloudcontrolapi_resource = { one: { ...one, role_arn: "arn:aws:iam::1:role/one" } };
      },
      "resource.aws_cloudcontrolapi_resource.one.role_arn: is not set by our stacks",
    ],
    [
      "a resource of another provider",
      ({ resource }) => {
        resource.null_resource = { one: {} };
      },
      "resource.null_resource: is of no provider of ours",
    ],
    [
      "a file of the machine, in a value",
      ({ resource }) => {
        resource.aws_ivs_channel.stage.name = '${file("/proc/self/environ")}';
      },
      "resource.aws_ivs_channel.stage.name: calls file(), which our stacks do not",
    ],
    [
      "a file of the machine, in a string of an expression",
      ({ resource }) => {
        resource.aws_ivs_channel.stage.name = '${"${filebase64 ("/etc/passwd")}"}';
      },
      "resource.aws_ivs_channel.stage.name: has an expression within another",
      "resource.aws_ivs_channel.stage.name: calls filebase64(), which our stacks do not",
    ],
    [
      "a function of a provider",
      ({ resource }) => {
        resource.aws_ivs_channel.stage.name = "${provider::aws::arn_parse(self.arn)}";
      },
      "resource.aws_ivs_channel.stage.name: calls provider::aws::arn_parse(), which our stacks do not",
    ],
    [
      "an expression in the name of a tag",
      ({ resource }) => {
        resource.aws_ivs_channel.stage.tags = { '${file("/etc/passwd")}': "" };
      },
      'resource.aws_ivs_channel.stage.tags.${file("/etc/passwd")}: calls file(), which our stacks do not',
    ],
    [
      "a template directive",
      ({ resource }) => {
        resource.aws_ivs_channel.stage.name = "%{ for a in b }%{ endfor }";
      },
      "resource.aws_ivs_channel.stage.name: has a template directive",
    ],
  ])("is refused with %s", (_, change, ...lines) => {
    expect(refused(change)).toEqual(lines);
  });

  it.each<[string, (stack: Written) => void, string]>([
    [
      "data",
      (stack) => {
        stack.data = [{ external: { run: { program: ["sh"] } } }];
      },
      "data",
    ],
    [
      "a type of data",
      (stack) => {
        stack.data = { archive_file: [{ all: { source_dir: "/proc/self" } }] };
      },
      "data.archive_file",
    ],
    [
      "one of its data",
      (stack) => {
        stack.data = { archive_file: { all: [{ source_dir: "/proc/self" }] } };
      },
      "data.archive_file.all",
    ],
    [
      "resources",
      (stack) => {
        stack.resource = [{ null_resource: { one: {} } }];
      },
      "resource",
    ],
    [
      "a type of resources",
      ({ resource }) => {
        resource.terraform_data = [{ one: { provisioner: [{ "local-exec": { command: "sh" } }] } }];
      },
      "resource.terraform_data",
    ],
    [
      "a resource",
      ({ resource }) => {
        resource.terraform_data = { one: [{ provisioner: [{ "local-exec": { command: "sh" } }] }] };
      },
      "resource.terraform_data.one",
    ],
    [
      "lists of a provider's configurations",
      ({ provider }) => {
        provider.aws = [[{ endpoints: [{ ivs: "https://example.com" }] }]];
      },
      "provider.aws",
    ],
    [
      "providers",
      (stack) => {
        stack.provider = [{ aws: { endpoints: [] } }];
      },
      "provider",
    ],
    [
      "what is said to Terraform",
      (stack) => {
        stack.terraform = [{ cloud: {} }];
      },
      "terraform",
    ],
    [
      "required providers",
      ({ terraform }) => {
        terraform.required_providers = [{ aws: { source: "evil/aws" } }];
      },
      "terraform.required_providers",
    ],
  ])("is refused with a list in place of %s, which Terraform would read", (_, change, path) => {
    expect(refused(change)).toEqual([`${path}: is no object`]);
  });

  it.each([
    '${file/**/("/proc/self/environ")}',
    '${file /* */ ("/proc/self/environ")}',
    '${file\n("/proc/self/environ")}',
    '${try("}", file("/proc/self/environ"))}',
    '${try("\\"", file("/proc/self/environ"))}',
    "${[for one in [1] : one]...}",
    "${{ a = 1 }}",
    "${1 # }",
    "${1 // }",
    "${<<A\nA\n}",
    '${(file)("/proc/self/environ")}',
  ])("is refused with the expression %j", (text) => {
    const lines = refused(({ resource }) => {
      resource.aws_ivs_channel.stage.name = text;
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/has an expression that is none of ours$|calls file\(\), which our stacks do not$/);
  });

  it("passes with texts that look like calls, outside of expressions", () => {
    const lines = refused(({ resource }) => {
      resource.aws_ivs_channel.stage.name =
        'SEARCH("a") https://${aws_ivs_channel.stage.arn}/* # (all) ${a["b.c"] == "d/e"}';
    });
    expect(lines).toEqual([]);
  });

  it("is refused where it is no object", () => {
    expect(refusedIn("stack", backend, "key")).toEqual(["it is no object"]);
  });
});
