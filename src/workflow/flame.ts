import { pathToFileURL } from 'node:url';
import { parseCpuProfile } from '../profile/parse-cpu-profile.ts';
import { zeroXProfile } from '../render/zero-x-profile.ts';
import { type Artefact, type ArtefactFolders, reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import { withTemporaryFolder } from '../store/temporary.ts';
import type { Subject } from './bench-round.ts';
import { onePass, type ProfileProgress } from './profile.ts';

export interface FlameRequest extends Subject, Pick<ArtefactFolders, 'reportsDir'> {
  readonly implementation: Implementation;
  readonly intervalUs: number;
  readonly progress: ProfileProgress;
}

/** One sampling run, drawn by 0x as one flame graph a thread; gives the pages' files, main thread first. */
export async function flame(request: FlameRequest): Promise<string[]> {
  const { root, job, reportsDir, implementation, intervalUs, progress } = request;
  const startedAt = request.world.now();
  const suffix = `${job}_${implementation.name}_flame`;
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    const { threads, window } = await onePass(request, { kind: 'sampling', intervalUs }, '1 of 1');
    const pages: Artefact[] = [];
    for (const { name, evidence } of threads) {
      if (evidence.kind !== 'samples') continue;
      progress.step(`${implementation.name}: drawing ${name}`);
      const profile = parseCpuProfile(evidence.profile, `the profile of ${name}`);
      const content = await withTemporaryFolder((folder) =>
        request.world.drawWithZeroX({
          root,
          folder,
          profile: zeroXProfile(profile, window, `${pathToFileURL(root).href}/`),
          title: `${job} ${implementation.name} ${name}`.replaceAll(/[<>]/g, ''),
        }),
      );
      const extension = pages.length === 0 ? '.html' : `.worker-${pages.length}.html`;
      pages.push({ folder: 'reportsDir', extension, content });
    }
    return await reservation.commit(pages);
  } finally {
    await reservation.release();
  }
}
