import { useMemo } from 'preact/hooks';
import type { Page } from '../../model.ts';
import { laneMaker } from '../timeline/lanes.ts';
import { lookOf, type ShownPicture } from './looks.ts';
import type { PictureRequest, Pictures } from './pictures.ts';
import type { Pane } from './settings.ts';

/** The pictures with how they look, the same objects as long as they show the same. */
export function useShown(page: Page, pictures: Pictures, panes: readonly Pane[]): readonly ShownPicture[] {
  const key = JSON.stringify(panes);
  return useMemo(
    () =>
      panes.map(({ title, request }) => {
        const picture = pictures.of(request);
        return { title, picture, look: lookOf(picture, pictures.functions), laneIn: laneOf(page, request) };
      }),
    [page, pictures, key],
  );
}

function laneOf({ data, recordings }: Page, request: PictureRequest): ShownPicture['laneIn'] {
  if (request.order === 'heavy') return null;
  const { side, thread: index } = request;
  const [account, recording] = [data.comparison.timelines?.[side].threads[index], recordings[side]];
  const thread = recording?.threads[index];
  if (account === undefined || recording === null || thread === undefined) return null;
  if (account.story === null || account.story.onCpu === null) return null;
  return laneMaker({ account, thread, frames: recording.frames, runMs: recording.runMs });
}
