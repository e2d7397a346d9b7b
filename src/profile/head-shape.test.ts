import { expect, test } from 'vitest';
import { functionTotals } from './function-totals.ts';
import { RecordingReader } from './recording-reader.ts';

function read(document: object) {
  const reader = new RecordingReader('old.cpuprofile');
  reader.write(Buffer.from(JSON.stringify(document)));
  const [thread] = reader.end().threads;
  if (thread === undefined) throw new Error('no thread');
  return thread.profile;
}

const node = (id: number, functionName: string, lineNumber: number, children: readonly object[] = []) => ({
  ...{ functionName, url: lineNumber === 0 ? '' : '/app/a.js', lineNumber, columnNumber: lineNumber * 2 },
  ...{ callUID: id, bailoutReason: '', scriptId: 7, hitCount: 1, children, id },
});
const head = node(1, '(root)', 0, [node(2, 'outer', 10, [node(3, 'inner', 20)]), node(4, '(idle)', 0)]);

test('nodes that hold their callees, lines that count from 1, whole seconds beside timestamps in µs', () => {
  const profile = read({
    ...{ typeId: 'CPU', uid: '1', title: 't', head, startTime: 500, endTime: 500 },
    ...{ samples: [2, 3, 4, 2], timestamps: [500_100_000, 500_101_000, 500_103_000, 500_106_000] },
  });
  const { startTimeUs: startUs, endTimeUs: endUs } = profile;
  expect({ startUs, endUs }).toEqual({ startUs: 500_100_000, endUs: 500_106_000 });
  const { functions } = functionTotals(profile, { startUs, endUs }, () => false);
  expect(
    functions.map(({ frame: { name, line, column }, selfUs, totalUs }) => [
      name,
      line,
      column,
      selfUs,
      totalUs,
    ]),
  ).toEqual([
    ['inner', 20, 40, 2000, 2000],
    ['outer', 10, 20, 1000, 3000],
    ['(idle)', 0, 0, 3000, 3000],
    ['(root)', 0, 0, 0, 6000],
  ]);
});

test('seconds with a fraction are the extent itself', () => {
  const { startTimeUs, endTimeUs } = read({
    ...{ head, startTime: 500.05, endTime: 500.2, samples: [2], timestamps: [500_100_000] },
  });
  expect([startTimeUs, endTimeUs]).toEqual([500_050_000, 500_200_000]);
});

test('a stack a hundred thousand deep', () => {
  let tip = '{"functionName":"f","id":100001,"children":[]}';
  const opening: string[] = [];
  for (let id = 1; id <= 100_000; id += 1) opening.push(`{"functionName":"f","id":${id},"children":[`);
  tip = `${opening.join('')}${tip}${']}'.repeat(100_000)}`;
  const reader = new RecordingReader('deep.cpuprofile');
  reader.write(Buffer.from(`{"head":${tip},"samples":[100001],"timestamps":[5],"startTime":0,"endTime":1}`));
  const [thread] = reader.end().threads;
  expect(thread?.profile.nodes.parents.length).toBe(100_001);
});

test('the nodes of v8-profiler-next count their lines and columns from 1', () => {
  const callFrame = { functionName: 'f', url: '/app/a.js', lineNumber: 10, columnNumber: 3, scriptId: 7 };
  const root = { functionName: '(root)', url: '', lineNumber: 0, columnNumber: 0 };
  const nodes = [
    { id: 1, callFrame: root, children: [2] },
    { id: 2, callFrame, children: [] },
  ];
  const samples = { samples: [2], timeDeltas: [10], startTime: 100, endTime: 200 };
  const placesOf = (document: object) => read(document).frames.map(({ line, column }) => [line, column]);
  expect(placesOf({ typeId: 'CPU', uid: '0', title: '', nodes, ...samples })).toEqual([
    [0, 0],
    [10, 3],
  ]);
  expect(placesOf({ nodes, ...samples })[1]).toEqual([11, 4]);
});
