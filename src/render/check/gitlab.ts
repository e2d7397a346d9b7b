import { createHash } from 'node:crypto';
import type { Cause, CheckReport } from '../../compare/check-report.ts';
import { escapeTerminal } from '../escape.ts';
import { type ProjectPlace, pathInRepository } from './place.ts';
import { causeSentence, failedRules, functionName, ruleSentence, stableSubject } from './rule-words.ts';

interface Finding {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'major' | 'critical';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * GitLab's Code Quality report: a finding for each rule that failed, and for each cause. GitLab compares the fingerprints
 * of two pipelines, so they are made of what stays: job, rule, pattern, function and file, and no figure, line or commit.
 */
export function checkGitlab(report: CheckReport, place: ProjectPlace): string {
  const seen = new Map<string, number>();
  const fingerprint = (parts: readonly string[]): string => {
    const key = JSON.stringify(parts);
    // GitLab shows only one of two findings that have the same: two anonymous functions of one file have not.
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    return createHash('sha256').update(`${key}${earlier}`).digest('hex');
  };
  const settings = pathInRepository(place.settings, place) ?? place.settings;
  const findings: readonly Finding[] = [
    ...failedRules(report).map((rule) => ({
      description: escapeTerminal(ruleSentence(rule)),
      check_name: `outpace/${rule.name}`,
      fingerprint: fingerprint([report.job, rule.name, rule.pattern ?? '', stableSubject(rule)]),
      severity: 'critical' as const,
      location: at(settings, 1),
    })),
    ...report.causes.map((cause) => ({
      description: escapeTerminal(causeSentence(cause)),
      check_name: 'outpace/cause',
      fingerprint: fingerprint([report.job, 'cause', cause.file, functionName(cause)]),
      severity: 'major' as const,
      location: locationOf(cause, { place, settings }),
    })),
  ];
  return `${JSON.stringify(findings, null, 2)}\n`;
}

function locationOf(
  cause: Cause,
  { place, settings }: { readonly place: ProjectPlace; readonly settings: string },
): Finding['location'] {
  const path = pathInRepository(cause.file, place);
  return path === null ? at(settings, 1) : at(path, Math.max(1, cause.line));
}

function at(path: string, begin: number): Finding['location'] {
  return { path: escapeTerminal(path), lines: { begin } };
}
