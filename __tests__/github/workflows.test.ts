import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { describe, expect, it } from "vitest";
import { verbs } from "#cli/onair/verbs.ts";
import { projectRoot } from "#cli/project.ts";
import { commandsOf, github, steps, workflow, workflowFiles, workflowText } from "./fixture.ts";

const scripts = Object.keys(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")).scripts);
const PINNED = /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/;
const listedActions = github("unpinned-actions.txt")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

it("are these, and each does what its name says", () => {
  expect(workflowFiles).toEqual(["ci.yml", "deploy.yml", "drift.yml", "pull-request.yml", "release.yml"]);
});

describe.each(workflowFiles)("%s", (file) => {
  const { on, permissions, concurrency, jobs } = workflow(file);

  it("is a workflow by the schema of GitHub", () => {
    expect(validateWorkflow(workflowText(file)).errors).toEqual([]);
  });

  it("gives no permission to all jobs, and says those of each", () => {
    expect(permissions).toEqual({});
    for (const [name, job] of Object.entries(jobs)) expect(job.permissions, name).toBeDefined();
  });

  it("is not run with the rights of the branch on the code of a stranger", () => {
    const events = typeof on === "string" ? [on] : Object.keys(on);
    for (const event of ["pull_request_target", "workflow_run", "issue_comment"]) expect(events).not.toContain(event);
  });

  it("runs once at a time for each subject, and ends", () => {
    expect(concurrency?.group).toMatch(/\w/);
    for (const [name, job] of Object.entries(jobs)) expect(job["timeout-minutes"], name).toBeLessThanOrEqual(90);
  });

  it("pins each action to a commit with its release beside it, or has it on the list", () => {
    for (const { step } of steps(file)) {
      if (step.uses === undefined) continue;
      if (PINNED.test(step.uses)) expect(workflowText(file)).toMatch(new RegExp(`${step.uses} # v\\d+\\.\\d+\\.\\d+`));
      else expect(listedActions.map((line) => line.split(/\s/)[0])).toContain(step.uses);
    }
  });

  it("leaves no token in the checkout, and nothing between Terraform and who reads its output", () => {
    for (const { step } of steps(file)) {
      if (step.uses?.startsWith("actions/checkout@")) expect(step.with).toHaveProperty("persist-credentials", false);
      if (step.uses?.startsWith("hashicorp/setup-terraform@")) {
        expect(step.with).toMatchObject({ terraform_version: "1.11.4", terraform_wrapper: false });
      }
    }
  });

  it("has no secret and nothing that others write in a command: values come by variables of the environment", () => {
    expect(workflowText(file)).not.toMatch(/\$\{\{\s*secrets\./);
    for (const command of commandsOf(file)) expect(command).not.toContain("${{");
  });

  it("runs no script of a package it installs", () => {
    for (const command of commandsOf(file)) {
      for (const [install] of command.matchAll(/npm (ci|install)\b.*/g)) expect(install).toContain("--ignore-scripts");
    }
  });

  it("asks for scripts, verbs and commands that there are", () => {
    const all = commandsOf(file).join("\n");
    const asked = [...all.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, script]) => script);
    expect(asked.filter((script) => !scripts.includes(script as string))).toEqual([]);
    const known = verbs.map(({ name }) => name);
    const verbsAsked = [...all.matchAll(/npx onair ([a-z-]+)/g)].map(([, verb]) => verb);
    expect(verbsAsked.filter((verb) => !known.includes(verb as string))).toEqual([]);
    const commands = readFileSync(join(projectRoot, "cli/workflow/main.ts"), "utf8");
    for (const [, command] of all.matchAll(/workflow -- ([a-z-]+)/g)) {
      expect(commands).toMatch(new RegExp(`^ {2}"?${command}"?: `, "m"));
    }
  });
});

it("a wrong workflow is found by the schema", () => {
  const wrong = workflowText("ci.yml").replace("runs-on:", "run-on:");
  expect(validateWorkflow(wrong).errors.length).toBeGreaterThan(0);
});

describe("the list of unpinned actions", () => {
  it("has a reason for each, and none that nobody uses", () => {
    const used = workflowFiles.flatMap((file) => steps(file).map(({ step }) => step.uses));
    for (const line of listedActions) {
      const [action, ...reason] = line.split(/\s+/);
      expect(used).toContain(action);
      expect(reason.length).toBeGreaterThan(5);
    }
  });
});

describe.each([
  ["ci.yml", "tested"],
  ["pull-request.yml", "required"],
])("in %s the job %s", (file, name) => {
  const { [name]: required, ...others } = workflow(file).jobs;

  it("has a name of its own: checks are asked for by name, whatever workflow they are of", () => {
    const jobs = workflowFiles.flatMap((one) => Object.keys(workflow(one).jobs));
    expect(jobs.filter((job) => job === name)).toHaveLength(1);
  });

  it("runs always, after all others, and fails where one did not succeed: skipped or failed", () => {
    expect(required?.if).toBe("always()");
    expect(required?.needs).toEqual(Object.keys(others));
    expect(required?.steps).toEqual([
      {
        env: { NEEDS: "${{ toJSON(needs) }}" },
        run: 'jq --exit-status \'all(.[]; .result == "success")\' <<< "$NEEDS"',
      },
    ]);
  });
});

describe("a pull request", () => {
  const { check, plan } = workflow("pull-request.yml").jobs;
  const uses = (name: string) =>
    steps("pull-request.yml").find(({ job, step }) => job === name && step.uses?.includes("checkout"));

  it("is synthesized and checked without credentials, which is all that a fork gets", () => {
    expect(check?.permissions).toEqual({ contents: "read" });
    expect(check?.steps.flatMap(({ run }) => run ?? [])).toEqual([
      "npm ci --ignore-scripts",
      "npm run synth",
      "npm run check",
    ]);
    expect(plan?.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("is planned by the commands of the branch that it is merged into", () => {
    expect(uses("plan")?.step.with).toHaveProperty("ref", "${{ github.event.pull_request.base.sha }}");
    expect(plan?.steps.some(({ run }) => /npm run synth|onair plan\b/.test(run ?? ""))).toBe(false);
  });

  it("is held to the allow-list before there are credentials, and judged at the end", () => {
    const order = (plan?.steps ?? []).map(({ uses, run }) => uses ?? run ?? "");
    const at = (text: string) => order.findIndex((one) => one.includes(text));
    expect(at("check-synthesized")).toBeGreaterThan(at("download-artifact"));
    expect(at("configure-aws-credentials")).toBeGreaterThan(at("check-synthesized"));
    expect(at("plan-synthesized")).toBeGreaterThan(at("configure-aws-credentials"));
    expect(order.at(-1)).toContain("judge");
  });

  it("is told of a plan that broke off: review, comment and judge run where there is what they read", () => {
    const conditionOf = (text: string) => plan?.steps.find(({ run }) => run?.includes(text))?.if;
    expect(conditionOf("onair review")).toBe("${{ !cancelled() && hashFiles('plans/**') != '' }}");
    for (const command of ["-- comment", "-- judge"]) {
      expect(conditionOf(command)).toBe("${{ !cancelled() && hashFiles('review.json') != '' }}");
    }
    const told = workflow("drift.yml").jobs.look?.steps.at(-1);
    expect([told?.if, told?.run]).toEqual([
      "${{ !cancelled() && hashFiles('plans/**') != '' }}",
      expect.stringContaining("-- drift"),
    ]);
  });

  it("has its approval judged after the comment, which takes a stale one off", () => {
    const commands = (plan?.steps ?? []).map(({ run = "" }) => run);
    const at = (text: string) => commands.findIndex((run) => run.includes(text));
    expect(at("-- comment")).toBeLessThan(at("-- judge"));
    expect(workflowText("pull-request.yml")).not.toContain("--remove-label");
  });
});

it("GitHub's token is with the steps that ask GitHub, and nowhere else where there are credentials", () => {
  for (const file of ["pull-request.yml", "deploy.yml", "drift.yml"]) {
    for (const [name, job] of Object.entries(workflow(file).jobs))
      expect(job.env ?? {}, name).not.toHaveProperty("GH_TOKEN");
    for (const { step } of steps(file)) {
      const asks = /workflow -- (comment|judge|reviewed|stopped|drift)\b/.test(step.run ?? "");
      expect(step.env !== undefined && "GH_TOKEN" in step.env, step.run ?? step.uses).toBe(asks);
    }
  }
});

it.each(["pull-request.yml", "deploy.yml"])(
  "%s lets pass what allowed.json of its checkout allows, where it is there",
  (file) => {
    const judging = steps(file).find(({ step }) => /onair (review|apply)/.test(step.run ?? ""))?.step;
    expect(judging?.shell).toBe("bash");
    expect(judging?.run).toContain("allow=()\nif test -f allowed.json; then allow=(--allow allowed.json); fi\n");
    expect(judging?.run).toContain('"${allow[@]}"');
  },
);

describe("a merge", () => {
  const { apply } = workflow("deploy.yml").jobs;

  it("is applied in the protected environment, one at a time, by the reviewed hash alone", () => {
    expect(apply?.environment).toBe("production");
    expect(workflow("deploy.yml").concurrency).toEqual({ group: "deploy", "cancel-in-progress": false });
    expect(commandsOf("deploy.yml").join("\n")).toContain(
      'npx onair apply platform --aws --reviewed "$REVIEWED" --wait 5m',
    );
  });

  it("tells the pull request of each stop: what is said besides the answer is kept, and ends the job by its own exit code", () => {
    const said = (apply?.steps ?? []).filter(({ run }) => run?.includes("2>&1 >&3 | tee stopped.txt >&2"));
    expect(said.map(({ shell }) => shell)).toEqual(["bash", "bash", "bash"]);
    expect(apply?.steps.at(-1)).toMatchObject({
      if: "failure()",
      run: 'npm run --silent workflow -- stopped . --commit "$GITHUB_SHA"',
    });
  });

  it("lets neither plans nor archives out of the job", () => {
    expect(steps("deploy.yml").filter(({ step }) => step.uses?.includes("artifact"))).toEqual([]);
    const uploads = workflowFiles
      .flatMap((file) => steps(file))
      .filter(({ step }) => step.uses?.includes("upload-artifact"));
    expect(uploads.map(({ step }) => step.with?.path)).toEqual(["cdktf.out"]);
  });

  it("has a session that names its run, as every session of a job does", () => {
    for (const { step } of workflowFiles.flatMap((file) => steps(file))) {
      if (!step.uses?.startsWith("aws-actions/")) continue;
      expect(step.with?.["role-session-name"]).toMatch(/-\$\{\{ github\.run_id \}\}-\$\{\{ github\.run_attempt \}\}$/);
    }
  });
});

it("no more than the jobs that need a role may ask for a token of GitHub's", () => {
  const asking = workflowFiles.flatMap((file) =>
    Object.entries(workflow(file).jobs)
      .filter(([, { permissions = {} }]) => "id-token" in permissions)
      .map(([job]) => `${file}: ${job}`),
  );
  expect(asking).toEqual(["deploy.yml: apply", "drift.yml: look", "pull-request.yml: plan"]);
});
