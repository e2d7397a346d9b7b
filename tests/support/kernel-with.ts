import { type PlainKernel, takeKernel } from '../../src/profile/plain-kernel.ts';

/** A kernel in whose window a text stands. */
export function kernelWith(text: string): PlainKernel {
  const kernel = takeKernel();
  if (kernel === null) throw new Error('there is no WebAssembly');
  kernel.window.set(Buffer.from(text, 'latin1'));
  return kernel;
}
