import type { Reporter, TestModule } from 'vitest/node';

/** Closes the run with `N passed, N failed`, the one line that CI reads; a run of no test is a failure. */
export default class PassedFailedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length };
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed += 1;
        if (state === 'failed') counts.failed += 1;
      }
    }
    if (counts.passed + counts.failed === 0) process.exitCode = 1;
    process.on('exit', () => process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`));
  }
}
