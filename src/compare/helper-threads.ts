/** What the kernel calls threads of Node that run no JavaScript, by Node's version; the profiler's thread is outpace's own. */
export const HELPERS: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /V8Worker|^node$/, name: "V8's helpers (compiling, collecting garbage)" },
  { pattern: /^libuv-worker/, name: "libuv's pool (files, DNS, compression)" },
];

/** @param name the kernel's, of a thread that is none of the job's own */
export function isHelper(name: string): boolean {
  return HELPERS.some(({ pattern }) => pattern.test(name));
}
