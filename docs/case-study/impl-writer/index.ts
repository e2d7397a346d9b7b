import { run as runNew, setup as setupNew } from '../../../impl-new/index.ts';

/** Step 3: the compiled writer on the main thread alone. */
export const run = (input: object) => runNew({ ...input, workers: 0 });
export const setup = (input: object) => setupNew({ ...input, workers: 0 });
