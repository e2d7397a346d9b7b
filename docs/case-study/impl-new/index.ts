export { run } from '../../../impl-new/index.ts';
