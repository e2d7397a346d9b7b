import type { UserConfig } from './store/config.ts';

/** Types the settings of `outpace.config.ts`; they are checked when they are loaded. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
