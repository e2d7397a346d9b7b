/** The package's public entry. */
export { defineConfig } from './define-config.ts';
export { efficiencyGain } from './stats/efficiency-gain.ts';
