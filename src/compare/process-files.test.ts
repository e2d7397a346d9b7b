import { expect, test } from 'vitest';
import { processFiles } from './process-files.ts';

const node = (time: string, pid: number, tid: number) =>
  `r/CPU.20260102.${time}.${pid}.${tid}.001.cpuprofile`;

test.each([
  {
    what: 'outpace’s own',
    files: ['r/x.cpuprofile', 'r/x.worker-1.cpuprofile', 'r/x.worker-2.cpuprofile', 'r/y.cpuprofile'],
    processes: [['r/x.cpuprofile', 'r/x.worker-1.cpuprofile', 'r/x.worker-2.cpuprofile'], ['r/y.cpuprofile']],
  },
  {
    what: 'compressed ones',
    files: ['r/x.worker-1.cpuprofile.gz', 'r/x.cpuprofile.gz'],
    processes: [['r/x.cpuprofile.gz', 'r/x.worker-1.cpuprofile.gz']],
  },
  {
    what: 'Node’s own',
    files: [node('030405', 7, 0), node('030406', 7, 1), node('030405', 8, 0)],
    processes: [[node('030405', 7, 0), node('030406', 7, 1)], [node('030405', 8, 0)]],
  },
  {
    what: 'processes of one number, as in containers',
    files: [node('030405', 1, 0), node('030407', 1, 0), node('030406', 1, 1), node('030408', 1, 1)],
    processes: [
      [node('030405', 1, 0), node('030406', 1, 1)],
      [node('030407', 1, 0), node('030408', 1, 1)],
    ],
  },
  {
    what: 'workers alone, as a person may compare them',
    files: ['r/x.worker-1.cpuprofile', 'r/y.worker-1.cpuprofile', node('030406', 7, 1)],
    processes: [['r/x.worker-1.cpuprofile'], ['r/y.worker-1.cpuprofile'], [node('030406', 7, 1)]],
  },
  {
    what: 'another folder’s',
    files: ['r/x.cpuprofile', 's/x.worker-1.cpuprofile'],
    processes: [['r/x.cpuprofile'], ['s/x.worker-1.cpuprofile']],
  },
])('$what', ({ files, processes }) => expect(processFiles(files)).toEqual(processes));
