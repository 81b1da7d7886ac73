import { defineConfig } from "vitest/config";

/**
 * Three projects, told apart by the end of a file's name:
 * `*.test.ts` is pure and quick (unit), `*.deploy.test.ts` runs the local cloud and the real Terraform (deploy),
 * `*.long.test.ts` soaks and fuzzes (only in `npm run test:full`).
 */
const everywhere = ["__tests__/**"];

export default defineConfig({
  test: {
    reporters: ["default", "./__tests__/support/count-reporter.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: everywhere.map((folder) => `${folder}/*.test.ts`),
          exclude: ["**/*.deploy.test.ts", "**/*.long.test.ts"],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: "deploy",
          include: everywhere.map((folder) => `${folder}/*.deploy.test.ts`),
          globalSetup: "__tests__/support/deploy-setup.ts",
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "long",
          include: everywhere.map((folder) => `${folder}/*.long.test.ts`),
          globalSetup: "__tests__/support/deploy-setup.ts",
          testTimeout: 1_800_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
