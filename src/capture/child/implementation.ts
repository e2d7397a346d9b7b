import { fileUrlOf } from './captured.ts';

/** What an implementation's module exports. */
export interface ImplementationModule {
  run(input: unknown): unknown;
  setup?(input: unknown): unknown;
  teardown?(): unknown;
}

/** @throws TypeError for a module without `run`, and whatever it throws itself */
export async function importImplementation(entry: string): Promise<ImplementationModule> {
  const module = await import(fileUrlOf(entry));
  // What a CommonJS module exports may be seen as its default only.
  const implementation = typeof module.run === 'function' ? module : (module.default ?? module);
  if (typeof implementation.run === 'function') return implementation;
  throw new TypeError(
    `${entry} exports no function run; it exports: ${Object.keys(module).join(', ') || 'nothing'}`,
  );
}
