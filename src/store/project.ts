import { resolve } from 'node:path';
import type { ArtefactFolders } from './artefacts.ts';
import { type Config, loadConfig } from './config.ts';
import type { ReadConfigModule } from './config-file.ts';
import { type Implementation, resolveImplementation } from './implementations.ts';

/** Where a job asks whether two outputs are equal. */
export interface Judge {
  readonly configFile: string;
  readonly job: string;
}

/** One job of a project's folder, with what its settings say. */
export interface Project extends ArtefactFolders {
  readonly root: string;
  readonly config: Config;
  /** null where the same bytes, or the same value, are what is meant by equal. */
  readonly judge: Judge | null;
  /**
   * @param tree another tree of the project, in the place of its own folder
   * @param placeIn where a configured place is in that tree
   */
  implementation(
    name: string,
    tree?: string,
    placeIn?: (place: string) => Promise<string>,
  ): Promise<Implementation>;
}

/**
 * @param options.jobName null: the only one there is, or the one that the config names
 * @throws OutpaceError MALFORMED_CONFIG, or USAGE for a job that is not there
 */
export async function openProject(
  root: string,
  options: { readonly jobName: string | null; readonly readModule: ReadConfigModule },
): Promise<Project> {
  const config = await loadConfig(root, options);
  const { hasEqual, file, job, profiles, reports } = config;
  return {
    root,
    config,
    judge: !hasEqual || file === null ? null : { configFile: file, job },
    profilesDir: resolve(root, profiles),
    reportsDir: resolve(root, reports),
    implementation: async (name, tree = root, placeIn = async (place) => place) => {
      const { implementations } = config;
      const place = Object.hasOwn(implementations, name) ? implementations[name] : undefined;
      const places =
        place === undefined ? implementations : { ...implementations, [name]: await placeIn(place) };
      return resolveImplementation(tree, name, places);
    },
  };
}
