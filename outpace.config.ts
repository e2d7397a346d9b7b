import { defineConfig } from './src/define-config.ts';

export default defineConfig({
  job: 'data_utils',
  input: { users: 100_000, seed: 42, workers: 'auto' },
});
