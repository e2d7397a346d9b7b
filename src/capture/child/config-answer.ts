/** What the process that imports a config says about it. */
export type ConfigAnswer =
  | {
      readonly kind: 'settings';
      readonly settings: unknown;
      /** Variables that the config set; null for those that it removed. */
      readonly environment: Readonly<Record<string, string | null>>;
    }
  | { readonly kind: 'failed'; readonly message: string };
