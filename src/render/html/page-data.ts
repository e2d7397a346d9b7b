import type { ProfileReport } from '../../compare/profile-report.ts';
import type { BothSides, PageData, ProfileFacts } from './model.ts';

interface PageParts extends Pick<PageData, 'comparison' | 'bench' | 'recordings'> {
  readonly profiles: BothSides<ProfileReport | null>;
}

/** What a page is made from; of the profiles only what the comparison has not. */
export function pageData({ comparison, bench, profiles, recordings }: PageParts): PageData {
  return {
    schemaVersion: 1,
    kind: 'report',
    comparison,
    bench,
    profiles: { before: factsOf(profiles.before), after: factsOf(profiles.after) },
    recordings,
  };
}

function factsOf(report: ProfileReport | null): ProfileFacts | null {
  if (report === null) return null;
  const { functions: _, schemaVersion: __, kind: ___, ...facts } = report;
  return facts;
}
