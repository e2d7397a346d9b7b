import { expect, test } from 'vitest';
import { parseChildrenCpuMs } from './started-processes.ts';

/** proc(5): pid (comm) state ppid … utime stime cutime cstime …, of which 16 and 17 are the children's. */
const stat = (comm: string, cutime: string) =>
  `17 (${comm}) S 1 17 17 0 -1 4194560 900 100 0 0 12 3 ${cutime} 5 20 0 7 0 100 1 2`;

test.each([
  { why: 'a plain name', text: stat('node', '25'), ms: 300 },
  { why: 'brackets and blanks in the name', text: stat('a) S (b', '25'), ms: 300 },
  { why: 'nothing started', text: stat('node', '-5'), ms: 0 },
  { why: 'another form', text: '17 (node) S', ms: null },
])('$why', ({ text, ms }) => expect(parseChildrenCpuMs(text)).toBe(ms));
