/** The importers of other viewers of profiles, taken out of the browser bundles that their packages consist of. */
import { globSync, openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

const require = createRequire(import.meta.url);

/** Reads a profile and does with it what the tool does before anything is drawn. */
export type Work = (file: string) => Promise<unknown>;

/**
 * speedscope's own importer. Its bundle is one function that ends in drawing the page: it returns before that, with the
 * promise of the importer that the page awaits. On the way there it asks for the page's address.
 */
export async function speedscope(): Promise<Work> {
  const release = join(dirname(require.resolve('speedscope/package.json')), 'dist/release');
  const [bundle = ''] = globSync(join(release, 'speedscope-*.js'));
  const script = await readFile(bundle, 'utf8');
  const [made, importer] = found(script, /;var (\w+)=Promise\.resolve\(\)\.then\(\(\)=>\(\w+\(\),\w+\)\);/);
  Object.assign(globalThis, { window: { location: { hash: '' } } });
  const { importProfilesFromArrayBuffer } = await evaluated(
    script.replace(made, () => `${made}return ${importer};`),
  );
  return async (file) => {
    const { buffer, byteOffset, byteLength } = await readFile(file);
    const bytes =
      byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
    const group = await quietly(() => importProfilesFromArrayBuffer(basename(file), bytes));
    if (group === null) throw new Error('speedscope does not know the format');
    return group;
  };
}

/**
 * cpupro's model as its page makes it: its loader, which parses a stream, and with `analyse` its own preparation of
 * what is shown. The page is the one that its command line embeds a profile into.
 */
export async function cpupro({ analyse }: { readonly analyse: boolean }): Promise<Work> {
  const page = await readFile(require.resolve('cpupro/build/report.html'), 'utf8');
  const script = page.slice(page.lastIndexOf('<script>') + '<script>'.length, page.lastIndexOf('</script>'));
  const [, encodings, setup] = found(script, /encodings:(\w+),context:\w+,setup:(\w+),extensions/);
  const [model, modelName] = found(script, /(\w+)=class extends \w+\{options;info;logger;action;/);
  const [start] = found(script, /\w+\(Promise\.resolve\(\)\.then\(\(\)=>\(\w+\(\),\w+\)\)\.then\(/);
  const made = [`${setup}=function(`, model].map((text) => initialiser(script, text));
  const parts = await evaluated(
    script.replace(start, () => {
      const members = `Model:${modelName},setup:${setup},encodings:${encodings}`;
      return `${made.map((name) => `${name}();`).join('')}return{${members}};${start}`;
    }),
  );
  return async (file) => {
    const loading = new parts.Model({
      encodings: parts.encodings,
      ...(analyse ? { setup: parts.setup } : {}),
    });
    await quietly(async () => loading.loadDataFromStream((await openAsBlob(file)).stream()));
    return loading.data;
  };
}

/** 0x's conversion of a .cpuprofile, read as its command line reads it. */
export async function zeroX(): Promise<Work> {
  const cpuProfileToTree = require('0x/lib/cpu-profile-to-tree.js');
  return async (file) => cpuProfileToTree(JSON.parse(await readFile(file, 'utf8')));
}

/** The bundler's function that makes what a text in its body declares. */
function initialiser(script: string, text: string): string {
  const before = script.slice(0, script.indexOf(text));
  return [...before.matchAll(/(\w+)=I\(\(\)=>\{/g)].at(-1)?.[1] ?? notFound(text);
}

function found(script: string, pattern: RegExp): RegExpExecArray {
  return pattern.exec(script) ?? notFound(String(pattern));
}

function notFound(what: string): never {
  throw new Error(
    `the bundle has no ${what}: the package is of another version than the one this was written for`,
  );
}

async function evaluated(script: string) {
  // A bundle is a function called in place; its value is what it returns.
  return runInThisContext(script.replace(/^\s*"use strict";/, ''));
}

/** Both tools say on the console what they do. */
async function quietly<Value>(work: () => Promise<Value>): Promise<Value> {
  const { log, info } = console;
  Object.assign(console, { log: () => {}, info: () => {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info });
  }
}
