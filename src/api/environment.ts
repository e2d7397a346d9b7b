import { messageOf } from '../base/errors.ts';
import { osRelease, readEnvironment } from '../capture/environment.ts';
import { peerVersion } from '../capture/tools/peer.ts';
import type { EnvironmentReport } from '../compare/environment-report.ts';
import { findImplementations } from '../store/implementations.ts';
import type { ProjectOptions } from './options.ts';
import { projectOf } from './request.ts';

const OPTIONAL_PACKAGES = ['0x', 'clinic'];

/** Versions, machine, settings and implementations; a config that cannot be used is told of, not thrown. */
export async function describeEnvironment(
  options: ProjectOptions & { readonly outpace: string },
): Promise<EnvironmentReport> {
  const root = options.cwd ?? process.cwd();
  const project = await projectOf(options).catch((error: unknown) => messageOf(error));
  const config = typeof project === 'string' ? null : project.config;
  const { implementations } = await findImplementations(root);
  return {
    schemaVersion: 1,
    kind: 'environment',
    packages: {
      outpace: options.outpace,
      ...Object.fromEntries(OPTIONAL_PACKAGES.map((name) => [name, peerVersion(root, name)])),
    },
    environment: await readEnvironment(root),
    osRelease: osRelease(),
    configFile: config?.file ?? null,
    configError: typeof project === 'string' ? project : null,
    job: config?.job ?? null,
    implementations: [...new Set([...implementations.keys(), ...Object.keys(config?.implementations ?? {})])],
  };
}
