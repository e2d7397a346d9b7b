import type { Environment } from './profile-report.ts';

/** What a bug report needs. */
export interface EnvironmentReport {
  readonly schemaVersion: 1;
  readonly kind: 'environment';
  /** Versions of this package and of the optional ones; null where one is not installed. */
  readonly packages: Readonly<Record<string, string | null>>;
  readonly environment: Environment;
  readonly osRelease: string;
  /** The config's file, or why it cannot be used; null where there is none. */
  readonly configFile: string | null;
  readonly configError: string | null;
  readonly job: string | null;
  readonly implementations: readonly string[];
}
