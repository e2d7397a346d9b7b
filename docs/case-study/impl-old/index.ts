export { run } from '../../../impl-old/index.ts';
