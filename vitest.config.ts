import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,impl-*,tests}/**/*.test.ts'],
    passWithNoTests: false,
    globalSetup: ['./tests/support/scratch-folder.ts', './tests/support/page-bundle.ts'],
    testTimeout: 60_000,
    reporters: ['default', './tests/support/passed-failed-reporter.ts'],
  },
});
