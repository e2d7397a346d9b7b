import { startOfNow } from '../capture/environment.ts';
import { type ClinicTool, runClinic } from '../capture/tools/clinic.ts';
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
  const { tool, job, reportsDir, implementation, progress } = request;
  const suffix = `${job}_${implementation.name}_${tool}`;
  const startedAt = startOfNow();
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    progress.step(`${implementation.name}: one run under clinic ${tool}, and its analysis`);
    const content = await withTemporaryFolder((folder) =>
      runClinic({ ...request, folder, entry: implementation.entry }),
    );
    const [file = ''] = await reservation.commit([{ folder: 'reportsDir', extension: '.html', content }]);
    return file;
  } finally {
    await reservation.release();
  }
}
