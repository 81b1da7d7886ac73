import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one line that machines can read: `412 passed, 0 failed, 3 skipped`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const failed = count("failed") + brokenFiles + unhandledErrors.length;
    // After the other reporters' summary.
    setImmediate(() => console.log(`\n${count("passed")} passed, ${failed} failed, ${count("skipped")} skipped`));
  }
}
