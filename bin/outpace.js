#!/usr/bin/env node
// Plain JavaScript that an old Node can still read: it says what is needed before anything newer is loaded.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || major === 23 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `outpace needs Node ^22.19 or >=24, this is ${process.versions.node}; in a checkout, use the npm scripts, which bring Node 24.\n`,
  );
  process.exitCode = 1;
} else {
  // Keeps outpace's own compiled code between runs. The measured processes do not see it: their start stays a cold one.
  module.enableCompileCache?.();
  const source = new URL('../src/cli/main.ts', import.meta.url);
  await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
}
