import { execa } from 'execa';

/** The report's page as its source is now, made once before all tests: several files of tests read it. */
export default async function setup() {
  await execa(process.execPath, ['scripts/bundle-page.ts']);
}
