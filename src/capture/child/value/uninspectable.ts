/** A value has a part whose contents JavaScript does not show, so that nothing can be said about its equality. */
export class Uninspectable extends Error {
  /** @param found.path from the output to the part, such as `$.items[3].callback` */
  constructor({ path, what, advice }: Finding & { readonly path: string }) {
    super(`the output cannot be compared: ${path} is ${what}. ${advice}`);
  }
}

/** What a part is, with its article, and what to do about it. */
export interface Finding {
  readonly what: string;
  readonly advice: string;
}

const OWN_EQUAL = 'compare with a function of your own: `equal(before, after)` in the config';

export const ADVICE = {
  await: `Await it and return what it resolves to, or ${OWN_EQUAL}`,
  contents: `Return its contents instead, or ${OWN_EQUAL}`,
  omit: `Leave it out of the output, or ${OWN_EQUAL}`,
} as const;

/** Thrown where the path is not known yet: whoever knows it turns this into an `Uninspectable`. */
export class Unsuitable extends Error {
  readonly finding: Finding;

  constructor(what: string, advice: string) {
    super(what);
    this.finding = { what, advice };
  }
}
