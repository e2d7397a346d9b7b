import { defineConfig } from './src/define-config.ts';

/** A job of this repository's own code has one implementation: the gate compares it with itself at another commit. */
const hotPath = (file: string) => ({
  before: 'here',
  after: 'here',
  implementations: { here: `./scripts/hot-paths/${file}` },
  check: { maxSlowdown: 0.1 },
});

export default defineConfig({
  job: 'data_utils',
  jobs: {
    data_utils: {
      input: { users: 100_000, seed: 42, workers: 'auto' },
      sizeKey: 'users',
      quick: { input: { users: 10_000 } },
      check: { maxSlowdown: 0.1, minGain: 0.6 },
    },
    parse_profile: { ...hotPath('parse-profile.ts'), input: { repeats: 20 } },
    bootstrap: { ...hotPath('bootstrap.ts'), input: { repeats: 20, seed: 1 } },
  },
});
