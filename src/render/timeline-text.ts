import type { ThreadAccount, Timeline } from '../compare/timeline.ts';
import { escapeTerminal } from './escape.ts';
import { adaptiveTime, fitted, percent } from './format.ts';

const NAME_WIDTH = 16;

/** A line of a picture for each thread, then what it says in words. */
export function timelineLines(side: string, timeline: Timeline): string[] {
  const { threads, wallMs, criticalPath, imbalance, helpers } = timeline;
  const shown = helpers?.filter(({ cpuMs }) => cpuMs >= 1) ?? [];
  return [
    `Threads of ${side}, ${adaptiveTime(wallMs)} (sampled):`,
    ...threads.map(
      (thread) => `  ${fitted(escapeTerminal(thread.name), NAME_WIDTH)} ${pictureOf(thread, wallMs)}`,
    ),
    ...threads.flatMap((thread, index) => words(thread, { isMain: index === 0, wallMs })),
    ...(imbalance === null
      ? []
      : [`  the busiest worker worked ${imbalance.toFixed(2)} times as long as the workers' mean`]),
    ...(shown.length === 0
      ? []
      : [
          `  besides, on a CPU: ${shown.map(({ name, cpuMs }) => `${name} ${adaptiveTime(cpuMs)}`).join(', ')}`,
        ]),
    ...(threads.length === 1 ? [] : [`  critical path: ${criticalPath.map(pathPart).join(', ')}`]),
  ];
}

/** What the marks of a picture mean, for the line below the pictures. */
export const PICTURE_KEY = '█ at work, ▒ in part, ░ starting, · waiting, g collecting garbage';

function pictureOf({ story, startMs, endMs, startUpMs }: ThreadAccount, wallMs: number): string {
  if (story === null) return 'not recorded';
  const slices = story.running.length;
  const sliceMs = wallMs / slices;
  return story.running
    .map((running, slice) => {
      const [from, to] = [slice * sliceMs, (slice + 1) * sliceMs];
      if (to <= startMs || from >= endMs) return ' ';
      if ((story.collecting[slice] ?? 0) >= 0.5) return 'g';
      const busy = story.onCpu?.[slice] ?? running + (story.collecting[slice] ?? 0);
      if (startUpMs !== null && from < startMs + startUpMs) return '░';
      return busy >= 0.75 ? '█' : busy >= 0.25 ? '▒' : '·';
    })
    .join('')
    .trimEnd();
}

function words(
  thread: ThreadAccount,
  { isMain, wallMs }: { readonly isMain: boolean; readonly wallMs: number },
): string[] {
  const { name, startMs, startUpMs, cpuMs, waitingMs, waitedFor, endMs, idleAtEndMs } = thread;
  const lifeMs = endMs - startMs;
  const share = (ms: number) => percent(ms / (lifeMs || 1), 0);
  const facts = [
    ...(isMain ? [] : [`started at ${adaptiveTime(startMs)}`]),
    ...(startUpMs === null ? [] : [`${adaptiveTime(startUpMs)} until its first useful sample`]),
    ...(cpuMs === null
      ? ['its CPU time is not known']
      : [`on a CPU ${share(cpuMs)} of ${adaptiveTime(lifeMs)}`]),
    ...(waitingMs === null || waitingMs / (lifeMs || 1) < 0.02
      ? []
      : [`waited ${share(waitingMs)}${waitedWords(waitedFor)}`]),
    ...(isMain || idleAtEndMs / (wallMs || 1) < 0.02
      ? []
      : [`idle at its end for ${adaptiveTime(idleAtEndMs)}`]),
  ];
  return wrapped(`${escapeTerminal(name)}: ${facts.join(', ')}`);
}

function waitedWords(waitedFor: ThreadAccount['waitedFor']): string {
  const [most, ...others] = waitedFor.filter(({ share }) => share >= 0.1);
  if (most === undefined) return ' for no other thread at work';
  const also = others.map(({ name }) => escapeTerminal(name));
  return ` while ${escapeTerminal(most.name)} worked (${percent(most.share, 0)} of it)${also.length > 0 ? `, and ${also.join(', ')}` : ''}`;
}

function pathPart({ name, startMs, endMs }: Timeline['criticalPath'][number]): string {
  return `${escapeTerminal(name)} ${adaptiveTime(endMs - startMs)}`;
}

const WIDTH = 78;

/** Indented by two, further lines by four. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH && line.trim() !== '') {
      lines.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
