import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';
import { OutpaceError } from '../../src/base/errors.ts';
import { callInThread } from '../../src/capture/thread/call-in-thread.ts';
import { project } from '../support/outpace.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** A module with the function `call`. */
async function moduleWith(body: string): Promise<{ module: string; name: string; root: string }> {
  const root = await project({
    'module.mjs': `
      import { OutpaceError } from ${JSON.stringify(pathToFileURL(join(SRC, 'base/errors.ts')).href)};
      import { claimFolder } from ${JSON.stringify(pathToFileURL(join(SRC, 'store/claims.ts')).href)};
      export async function call(options) { ${body} }`,
  });
  return { module: pathToFileURL(join(root, 'module.mjs')).href, name: 'call', root };
}

test('a function gets its options, calls back, and gives its result', async () => {
  const target = await moduleWith('options.tell({ at: 1 }); return [options.since, options.left];');
  const tell = vi.fn();
  const since = new Date(0);
  expect(await callInThread(target, { tell, since, left: undefined }).result).toEqual([since, undefined]);
  expect(tell).toHaveBeenCalledExactlyOnceWith({ at: 1 });
});

test('standard error is that of its thread', async () => {
  const target = await moduleWith('return options.out === process.stderr;');
  expect(await callInThread(target, { out: process.stderr }).result).toBe(true);
});

test('what it throws arrives as it was', async () => {
  const target = await moduleWith(
    'throw new OutpaceError("USAGE", "not so", { cause: new TypeError("since") });',
  );
  const error = await callInThread(target, {}).result.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OutpaceError);
  expect(error).toMatchObject({ code: 'USAGE', message: 'not so', cause: { message: 'since' } });
});

test.each(['throw "text"', 'throw undefined', 'process.exit(3)'])('%s is an error', async (body) => {
  await expect(callInThread(await moduleWith(body), {}).result).rejects.toThrow(/text|undefined|exit code 3/);
});

test('interrupted, it hears it by its signal', async () => {
  const target = await moduleWith(
    'options.ready(); await new Promise((_, fail) => options.signal.addEventListener("abort", () => fail(options.signal.reason)));',
  );
  const call = callInThread(target, { ready: () => call.interrupt() });
  await expect(call.result).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test('ended in a busy loop, it is gone, and so is what it had claimed', async () => {
  const target = await moduleWith('await claimFolder(options.folder); options.ready(); for (;;);');
  const folder = join(target.root, 'claimed');
  const claimed = await new Promise<boolean>((resolve) => {
    const call = callInThread(target, {
      folder,
      ready: async () => {
        const was = existsSync(folder);
        call.result.then(() => expect.fail('it settled'), expect.fail);
        await call.end();
        resolve(was);
      },
    });
  });
  expect(claimed).toBe(true);
  expect(existsSync(folder)).toBe(false);
});
