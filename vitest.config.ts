import { defineConfig } from "vitest/config";

/**
 * Four projects, told apart by the end of a file's name:
 * `*.test.ts` is pure and quick (unit), `*.deploy.test.ts` runs the local cloud and the real Terraform (deploy),
 * `*.browser.test.ts` opens the page in Chromium (browser), `*.long.test.ts` soaks and fuzzes (only in
 * `npm run test:full`).
 */
const everywhere = ["__tests__/**"];

export default defineConfig({
  test: {
    // Said once per test file otherwise: CI runs on a Node that has a future, too.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    reporters: ["default", "./__tests__/support/count-reporter.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: everywhere.map((folder) => `${folder}/*.test.ts`),
          exclude: ["**/*.deploy.test.ts", "**/*.browser.test.ts", "**/*.long.test.ts"],
          // Pure tests may share a process: a third of the time.
          pool: "threads",
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "deploy",
          include: everywhere.map((folder) => `${folder}/*.deploy.test.ts`),
          globalSetup: "__tests__/support/deploy-setup.ts",
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each file has a cloud and ports of its own, and waits for Terraform half of its time.
          maxWorkers: 2,
          // After the quick ones, so that a wrong line of code is known before anything is deployed.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: everywhere.map((folder) => `${folder}/*.browser.test.ts`),
          globalSetup: "__tests__/support/browser-setup.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: everywhere.map((folder) => `${folder}/*.long.test.ts`),
          globalSetup: "__tests__/support/deploy-setup.ts",
          testTimeout: 1_800_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
