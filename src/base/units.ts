/** Every conversion between units goes through one of these names. */
export const NS_PER_US = 1000;
export const US_PER_MS = 1000;
export const US_PER_S = 1_000_000;
export const NS_PER_MS = 1_000_000;
export const MS_PER_S = 1000;
export const BYTES_PER_KIB = 1024;
export const BYTES_PER_MIB = 1024 * 1024;
export const BYTES_PER_GIB = 1024 * 1024 * 1024;
