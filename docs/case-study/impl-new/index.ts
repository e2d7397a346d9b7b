export { run, setup } from '../../../impl-new/index.ts';
