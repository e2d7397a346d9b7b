/** Events of a trace as V8's profiler writes them, for tests that change one thing of it. */
export const PROFILER = { cat: 'disabled-by-default-v8.cpu_profiler', ph: 'P', pid: 1, tid: 2 };

export function threadName(name: string, where: object = {}): object {
  return { name: 'thread_name', ph: 'M', cat: '__metadata', pid: 1, tid: 2, ts: 0, args: { name }, ...where };
}

export function profileBegins(data: object, where: object = {}): object {
  return { ...PROFILER, name: 'Profile', id: '0x1', ts: 1000, args: { data }, ...where };
}

/** @param data what `args.data` holds */
export function profilePart(data: object, where: object = {}): object {
  return { ...PROFILER, name: 'ProfileChunk', id: '0x1', ts: 1500, args: { data }, ...where };
}

/** `parent` 0 for the root. */
export function traceNode(id: number, functionName: string, parent: number): object {
  const url = functionName.startsWith('(') ? '' : 'file:///app/a.js';
  const callFrame = { functionName, scriptId: '7', url, lineNumber: id, columnNumber: 0 };
  return { id, callFrame, ...(parent === 0 ? {} : { parent }) };
}

export function samplesOf(
  nodes: readonly object[],
  samples: readonly number[],
  timeDeltas: readonly number[],
) {
  return { cpuProfile: { nodes, samples }, timeDeltas };
}
