import { defineConfig } from '../../src/define-config.ts';

export default defineConfig({
  job: 'case_study',
  input: { users: 10_000, seed: 42, workers: 'auto' },
  sizeKey: 'users',
});
