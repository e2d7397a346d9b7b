import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,impl-*,tests}/**/*.test.ts'],
    passWithNoTests: false,
    globalSetup: ['./tests/support/scratch-folder.ts', './tests/support/bundles.ts'],
    // No test says that something took little time, so that two files may be on their way at a time.
    maxWorkers: availableParallelism(),
    // Processes that are started and measured take many times as long where other programs run: these end only what hangs.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', './tests/support/passed-failed-reporter.ts'],
  },
});
