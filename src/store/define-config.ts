/** What an `outpace.config.*` may hold; everything has a default. */
export interface UserConfig {
  /** The name of what all implementations do. Default: the package's name, or the folder's. */
  readonly job?: string;
  /** The implementation compared against. Default: `old`. */
  readonly before?: string;
  /** The implementation compared. Default: `new`. */
  readonly after?: string;
  /** Handed to `run(input)`. Default: `{}`. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** The ratio that still counts as unchanged, from 0 to below 1. Default: 0.02. */
  readonly tolerance?: number;
  /** Folder of the profiles, relative to the config. Default: `profiles`. */
  readonly profiles?: string;
  /** Folder of the reports, relative to the config. Default: `reports`. */
  readonly reports?: string;
  /** Sampling interval, µs. Default: 500. */
  readonly interval?: number;
  /** Time limit of one run, ms. Default: 300000. */
  readonly timeout?: number;
}

/** Gives `outpace.config.ts` its types; returns what it is given. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
