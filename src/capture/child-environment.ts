import { formatNodeOptions, parseNodeOptions } from './node-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the processes that are measured. */
export interface ChildEnvironment {
  /** `undefined` for what is left out: Node adds its parent's NODE_V8_COVERAGE to an environment that does not mention it. */
  readonly environment: Environment;
  /** What was left out because it would change what is measured, as one names it: `NODE_V8_COVERAGE`, `NODE_OPTIONS --inspect`. */
  readonly dropped: readonly string[];
}

/** Coverage and debuggers; the settings of a tool that nothing loads have no effect, so those stay. */
const DISTURBING_VARIABLES =
  /^(NODE_V8_COVERAGE|NYC_.+|NODE_INSPECT_RESUME_ON_START|VSCODE_INSPECTOR_OPTIONS)$/;

/** What Node tells its own children: none of them is meant for a process that we start, so nobody need be warned. */
const OF_NODE_ITSELF = [
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_TEST_CONTEXT',
  'NODE_UNIQUE_ID',
  'WATCH_REPORT_DEPENDENCIES',
];

/** Profilers, debuggers, tracers and restarts. */
const DISTURBING_OPTIONS =
  /^--(cpu-prof|heap-prof|prof$|perf-|inspect|debug-port|watch|trace-event|trace-gc|trace-(de)?opt|track-heap-objects|experimental-test-coverage|test-coverage)/;
const LOADING_OPTIONS = /^(-r|--require|--import|--loader|--experimental-loader)$/;

/** Coverage tools, then monitoring agents, by the names of their packages. */
const DISTURBING_PACKAGES =
  /^(nyc|c8|node-preload|spawn-wrap|istanbul.*|babel-plugin-istanbul|@istanbuljs\/.*|dd-trace|newrelic|elastic-apm-node|applicationinsights|appdynamics|scout-apm|(import|require)-in-the-middle|@azure\/monitor-opentelemetry.*|@google-cloud\/(trace-agent|profiler|debug-agent)|@(opentelemetry|datadog|newrelic|elastic|sentry|dynatrace|instana|splunk|honeycombio|lumigo|pyroscope|contrast|appsignal)\/.*)$/;
/** What editors and Kubernetes operators load from a folder of their own. */
const DISTURBING_FOLDERS =
  /(^|\/)(ms-vscode\.js-debug[^/]*|debugConnector\.[cm]?js|otel-auto-instrumentation[^/]*)(\/|$)/;

/**
 * What a measured process may know of its parent's environment: all of it, except for what would change its time or its
 * calls, such as coverage, a profiler, a debugger or a monitoring agent.
 *
 * @param keep what is passed on all the same: variables, or options of NODE_OPTIONS by their names; `NYC_*` means all
 *   that begin like this
 */
export function childEnvironment(parent: Environment, keep: readonly string[] = []): ChildEnvironment {
  const isKept = (name: string): boolean =>
    keep.some((kept) => (kept.endsWith('*') ? name.startsWith(kept.slice(0, -1)) : kept === name));
  const environment: Record<string, string | undefined> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(parent)) {
    environment[name] = value;
    if (isKept(name) || value === undefined) continue;
    if (OF_NODE_ITSELF.includes(name)) environment[name] = undefined;
    else if (DISTURBING_VARIABLES.test(name)) {
      environment[name] = undefined;
      dropped.push(name);
    } else if (name === 'NODE_OPTIONS') {
      const options = quietOptions(value, isKept);
      environment[name] = options.text === '' ? undefined : options.text;
      dropped.push(...options.dropped.map((option) => `NODE_OPTIONS ${option}`));
    }
  }
  return { environment, dropped };
}

/** NODE_OPTIONS without what disturbs; text that Node will reject is left for Node to report. */
function quietOptions(
  text: string,
  isKept: (option: string) => boolean,
): { readonly text: string; readonly dropped: readonly string[] } {
  const words = parseNodeOptions(text) ?? [];
  const left: string[] = [];
  const dropped: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    // Nothing but options may stand in NODE_OPTIONS, so whatever else follows one is its value.
    const value = next === undefined || next.startsWith('-') ? null : next;
    const own = value === null ? [word] : [word, value];
    if (isDisturbing(word, value) && !isKept(nameOf(word))) dropped.push(describedOption(word, value));
    else left.push(...own);
    at += own.length - 1;
  }
  return dropped.length === 0 ? { text, dropped } : { text: formatNodeOptions(left), dropped };
}

/** Node takes `--cpu_prof` for `--cpu-prof`. */
function nameOf(word: string): string {
  return word.replace(/=.*$/s, '').replaceAll('_', '-');
}

function isDisturbing(word: string, value: string | null): boolean {
  const name = nameOf(word);
  if (DISTURBING_OPTIONS.test(name)) return true;
  return LOADING_OPTIONS.test(name) && isDisturbingModule(loadedModule(word, value));
}

function isDisturbingModule(specifier: string): boolean {
  const path = specifier.replaceAll('\\', '/');
  const installed = path.split('/node_modules/').at(-1) ?? '';
  const isOwnFile = /^(\.|\/|[a-z]:\/|file:)/i.test(installed);
  const [, packageName = ''] = /^((?:@[^/]+\/)?[^/]+)/.exec(installed) ?? [];
  return (!isOwnFile && DISTURBING_PACKAGES.test(packageName)) || DISTURBING_FOLDERS.test(path);
}

function loadedModule(word: string, value: string | null): string {
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : (value ?? '');
}

/** With the module, which is what tells one `--require` from another. */
function describedOption(word: string, value: string | null): string {
  const name = nameOf(word);
  return LOADING_OPTIONS.test(name) ? `${name} ${loadedModule(word, value)}` : name;
}
