import { parseCpuProfile } from '../../src/profile/parse-cpu-profile.ts';

/** A profile drawn as text: one column a sample, root on top, `.` where a stack has ended; times from 0. */
export function profileFromColumns(picture: string, intervalUs = 1000) {
  return parseCpuProfile(rawFromColumns(picture, intervalUs), 'a drawn profile');
}

/** The same as V8 writes it into a `.cpuprofile`. */
export function rawFromColumns(picture: string, intervalUs = 1000) {
  const rows = picture
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const nodes: { id: number; callFrame: object; children: number[] }[] = [];
  const idOfPath = new Map<string, number>();
  const nodeFor = (path: readonly string[]): number => {
    const known = idOfPath.get(path.join('/'));
    if (known !== undefined) return known;
    const id = nodes.length + 1;
    const name = path.at(-1) ?? '(root)';
    const url = name.startsWith('(') ? '' : 'file:///job.ts';
    nodes.push({ id, children: [], callFrame: { functionName: name, url, lineNumber: 0, columnNumber: 0 } });
    idOfPath.set(path.join('/'), id);
    if (path.length > 0) nodes[nodeFor(path.slice(0, -1)) - 1]?.children.push(id);
    return id;
  };
  nodeFor([]);
  const samples = (rows[0] ?? []).map((_, column) =>
    nodeFor(rows.map((row) => row[column] ?? '.').filter((name) => name !== '.')),
  );
  return {
    nodes,
    samples,
    timeDeltas: samples.map((_, index) => (index === 0 ? 0 : intervalUs)),
    startTime: 0,
    endTime: samples.length * intervalUs,
  };
}
