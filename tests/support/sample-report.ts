import type { ProfileReport, ReportFunction } from '../../src/compare/profile-report.ts';

/** A row with zeros where nothing is said. */
export function reportFunction(known: Partial<ReportFunction>): ReportFunction {
  return {
    name: 'f',
    file: 'impl-old/index.ts',
    line: 1,
    column: 1,
    engine: false,
    ignored: false,
    calls: null,
    primitiveCalls: null,
    recursive: false,
    selfMs: 0,
    totalMs: 0,
    selfRunsMs: [known.selfMs ?? 0],
    totalRunsMs: [known.totalMs ?? 0],
    body: null,
    ...known,
  };
}

/** Half a run of work, then waiting. */
const STORY = {
  startMs: 0,
  usefulMs: 100,
  story: {
    running: [1, 1, 0.5, 0.5],
    idle: [0, 0, 0.5, 0.5],
    collecting: [0, 0, 0, 0],
    onCpu: [1, 1, 0, 0],
    ready: [1, 1, 0, 0],
  },
};

/** A report with figures that can be worked out in the head, and hostile names. */
export function sampleReport(known: Partial<ProfileReport> = {}): ProfileReport {
  const exact = (point: number) => ({ point, low: point, high: point, confidenceLevel: 0 });
  return {
    schemaVersion: 1,
    kind: 'profile',
    job: 'data_utils',
    implementation: 'old',
    startedAt: '2026-01-02T03:04:05.000Z',
    environment: {
      node: '24.0.0',
      v8: '13.6',
      platform: 'linux x64',
      cpu: 'Some \u001b[31mCPU',
      cores: 2,
      memoryBytes: 2 ** 30,
      gitCommit: null,
    },
    input: { users: 1000, name: '\u202eevil' },
    timing: {
      runsMs: [1000, 1100, 1200, 1300],
      wallMs: { point: 1150, low: 1000, high: 1300, confidenceLevel: 0.875 },
      cpuRunsMs: [1200, 1200, 1200, 1200],
      cpuMs: exact(1200),
      mainThreadRuns: null,
      peakRssRunsBytes: [2 ** 27, 2 ** 27, 2 ** 27, 2 ** 27],
      peakRssBytes: exact(2 ** 27),
      importMs: exact(50),
      setupMs: exact(0),
    },
    sampling: {
      intervalUs: 500,
      wallRunsMs: [1210, 1200, 1190],
      medianRun: 1,
      sampledMs: 1200,
      sampledRunsMs: [],
      workRuns: null,
    },
    threads: [
      { name: 'main', wallMs: 1200, cpuMs: 1100, waitingMs: 100, samples: 2400, ...STORY },
      {
        name: 'worker-1 \u001b]0;owned\u0007',
        wallMs: 900,
        cpuMs: null,
        waitingMs: null,
        samples: 1800,
        ...STORY,
      },
    ],
    helpers: null,
    totalCalls: 1_234_567,
    functions: [
      reportFunction({ name: 'run', calls: 1, primitiveCalls: 1, totalMs: 1200, selfRunsMs: [0, 0, 0] }),
      reportFunction({
        name: 'fib',
        line: 7,
        calls: 242_785,
        recursive: true,
        selfMs: 600,
        totalMs: 600,
        selfRunsMs: [590, 600, 610],
      }),
      reportFunction({
        name: '\u001b[2Jwipe',
        file: '/srv/app/\u0007bell.js',
        line: 3,
        calls: 0,
        selfMs: 200,
        totalMs: 200,
        selfRunsMs: [200, 200, 200],
      }),
      reportFunction({
        name: '(garbage collector)',
        file: '',
        line: 0,
        column: 0,
        engine: true,
        selfMs: 100,
        totalMs: 100,
        selfRunsMs: [90, 100, 110],
      }),
      reportFunction({
        name: '',
        file: 'node:internal/timers',
        line: 9,
        selfMs: 300,
        totalMs: 300,
        selfRunsMs: [300, 300, 300],
      }),
    ],
    output: { sha256: 'a'.repeat(64), sizeBytes: 5 },
    warnings: ['a warning with \u001b[1mcolour'],
    ...known,
  };
}

/** The other side: everything takes half as long, on two threads, and `fib` is gone. */
export function samplePair() {
  const before = sampleReport();
  const after = sampleReport({
    implementation: 'new',
    startedAt: '2026-01-02T03:05:05.000Z',
    timing: {
      ...before.timing,
      runsMs: before.timing.runsMs.map((ms) => ms / 2),
      wallMs: { point: 575, low: 500, high: 650, confidenceLevel: 0.875 },
    },
    functions: before.functions
      .filter(({ name }) => name !== 'fib')
      .map((row) => ({
        ...row,
        file: row.file.replace('impl-old', 'impl-new'),
        line: row.line + 10,
        selfMs: row.selfMs / 2,
        selfRunsMs: row.selfRunsMs.map((ms) => ms / 2),
      })),
  });
  return {
    before: { file: 'reports/old.json', report: before },
    after: { file: 'reports/\u001b[8mnew.json', report: after },
  };
}
