import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { RunningOptions } from './options.ts';
import { progressOf, projectOf, subjectOf } from './request.ts';

export interface ToolOptions extends RunningOptions {
  /** The name of an `impl-<name>` folder, or one from the settings. */
  readonly implementation: string;
}

/**
 * One flame graph a thread, drawn by 0x from a sampling run; gives the pages' files, main thread first.
 *
 * @throws OutpaceError MISSING_PACKAGE where 0x is not installed
 */
export async function flame(options: ToolOptions): Promise<string[]>;
/** @internal */
export async function flame(options: ToolOptions, world: World): Promise<string[]>;
export async function flame(options: ToolOptions, world: World = THIS_MACHINE): Promise<string[]> {
  const { flame: draw } = await import('../workflow/flame.ts');
  return draw(await toolRequest(options, world));
}

/**
 * One run under one of clinic's tools; gives the page's file.
 *
 * @throws OutpaceError MISSING_PACKAGE where clinic is not installed, TOOL_FAILED where it makes no page
 */
export async function clinic(
  options: ToolOptions & { readonly tool: 'doctor' | 'bubbleprof' | 'heapprofiler' },
): Promise<string>;
/** @internal */
export async function clinic(
  options: ToolOptions & { readonly tool: 'doctor' | 'bubbleprof' | 'heapprofiler' },
  world: World,
): Promise<string>;
export async function clinic(
  options: ToolOptions & { readonly tool: 'doctor' | 'bubbleprof' | 'heapprofiler' },
  world: World = THIS_MACHINE,
): Promise<string> {
  const { clinicPage } = await import('../workflow/clinic.ts');
  return clinicPage({ ...(await toolRequest(options, world)), tool: options.tool });
}

async function toolRequest(options: ToolOptions, world: World) {
  const project = await projectOf(options);
  return {
    ...subjectOf(project, options, world),
    reportsDir: project.reportsDir,
    implementation: await project.implementation(options.implementation),
    intervalUs: project.config.interval,
    progress: progressOf(options),
  };
}
