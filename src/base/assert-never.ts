/** Ends every `switch` over a union: the type checker refuses a forgotten case, and so does this at run time. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected case: ${JSON.stringify(value)}`);
}
