/** The files of one process, its main thread's first. */
export type ProcessFiles = readonly [main: string, ...workers: string[]];

/**
 * Which files are of one process: a worker's file belongs to its main thread's, where that is among them. The unit of a
 * comparison is a process; threads of one process taken for several recordings would feign a certainty there is not.
 *
 * outpace writes `<name>.cpuprofile` and `<name>.worker-<n>.cpuprofile`, Node (`--cpu-prof`)
 * `CPU.<day>.<time>.<process>.<thread>.<number>.cpuprofile`, its main thread being 0. In containers many processes have
 * one number: the one meant is the last that started before the worker.
 *
 * @returns in the order of their main files; what belongs to no other is a process of its own
 */
export function processFiles(files: readonly string[]): ProcessFiles[] {
  const workersOf = new Map<string, string[]>();
  const mains: string[] = [];
  for (const file of files) {
    const main = mainOf(file, files);
    if (main === null) mains.push(file);
    else workersOf.set(main, [...(workersOf.get(main) ?? []), file]);
  }
  return mains.map((main) => [main, ...(workersOf.get(main) ?? [])]);
}

const OUTPACE_WORKER = /\.worker-\d+(?=\.cpuprofile(\.\w+)?$)/;
const NODE_NAME =
  /^(?<folder>.*[\\/])?CPU\.(?<day>\d+)\.(?<time>\d+)\.(?<pid>\d+)\.(?<tid>\d+)\.\d+\.cpuprofile/;

function mainOf(file: string, files: readonly string[]): string | null {
  const beside = file.replace(OUTPACE_WORKER, '');
  if (beside !== file) return files.includes(beside) ? beside : null;
  const worker = nodeName(file);
  if (worker === null || worker.tid === '0') return null;
  const started = files
    .flatMap((other) => nodeName(other) ?? [])
    .filter(({ tid, pid, folder, at }) => {
      const ofOneProcess = pid === worker.pid && folder === worker.folder;
      return tid === '0' && ofOneProcess && at <= worker.at;
    });
  return started.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.file ?? null;
}

function nodeName(file: string) {
  const groups = NODE_NAME.exec(file)?.groups;
  if (groups === undefined) return null;
  const { folder = '', day, time, pid, tid } = groups;
  // Digits of one length each, so that their order as text is that of time.
  return { file, folder, pid, tid, at: `${day}.${time}` };
}
