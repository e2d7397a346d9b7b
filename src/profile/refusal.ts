import { OutpaceError } from '../base/errors.ts';

/** Says what is wrong with a profile that is JSON, but no profile. */
export type Refuse = (found: string) => never;

export function refusalOf(source: string): Refuse {
  return (found) => {
    throw new OutpaceError('MALFORMED_PROFILE', `${source} is not a usable profile: ${found}`);
  };
}
