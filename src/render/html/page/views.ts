import type { JSX } from 'preact';
import { Distributions } from './distributions/distributions.tsx';
import { EnvironmentView } from './environment/environment.tsx';
import { Flame } from './flame/flame.tsx';
import { Functions } from './functions/functions.tsx';
import { Packages } from './packages/packages.tsx';
import type { ViewName, ViewProps } from './state.ts';
import { Summary } from './summary/summary.tsx';
import { TimelineView } from './timeline/timeline.tsx';

export interface View {
  readonly name: ViewName;
  readonly title: string;
  readonly show: (props: ViewProps) => JSX.Element;
  /** Whether it can show nothing before the recordings are decoded. */
  readonly needsRecordings: boolean;
  /** Whether it shows nothing but how time went on. */
  readonly needsOrder?: boolean;
  /** Whether a brushed window, and a chosen thread, change what it shows. */
  readonly followsWindow: boolean;
}

/** One line a view, in the order of the page's head. */
export const PAGE_VIEWS: readonly View[] = [
  { name: 'summary', title: 'Summary', show: Summary, needsRecordings: false, followsWindow: false },
  { name: 'flame', title: 'Flame graph', show: Flame, needsRecordings: true, followsWindow: true },
  { name: 'functions', title: 'Functions', show: Functions, needsRecordings: false, followsWindow: true },
  {
    ...{ name: 'timeline', title: 'Timeline', show: TimelineView },
    ...{ needsRecordings: true, followsWindow: false, needsOrder: true },
  },
  {
    name: 'distributions',
    title: 'Distributions',
    show: Distributions,
    needsRecordings: false,
    followsWindow: false,
  },
  { name: 'packages', title: 'Packages', show: Packages, needsRecordings: false, followsWindow: true },
  {
    name: 'environment',
    title: 'Environment',
    show: EnvironmentView,
    needsRecordings: false,
    followsWindow: false,
  },
];
