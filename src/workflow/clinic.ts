import type { ClinicTool } from '../capture/tools/clinic.ts';
import { type ArtefactFolders, reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import { withTemporaryFolder } from '../store/temporary.ts';
import type { Subject } from './bench-round.ts';
import type { ProfileProgress } from './profile.ts';

export interface ClinicPageRequest extends Subject, Pick<ArtefactFolders, 'reportsDir'> {
  readonly tool: ClinicTool;
  readonly implementation: Implementation;
  readonly progress: ProfileProgress;
}

/** One run under one of clinic's tools; gives the page's file. */
export async function clinicPage(request: ClinicPageRequest): Promise<string> {
  const { world, ...options } = request;
  const { tool, job, reportsDir, implementation, progress } = options;
  const suffix = `${job}_${implementation.name}_${tool}`;
  const startedAt = world.now();
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    progress.step(`${implementation.name}: one run under clinic ${tool}, and its analysis`);
    const content = await withTemporaryFolder((folder) =>
      world.runClinic({ ...options, folder, entry: implementation.entry }),
    );
    const [file = ''] = await reservation.commit([{ folder: 'reportsDir', extension: '.html', content }]);
    return file;
  } finally {
    await reservation.release();
  }
}
