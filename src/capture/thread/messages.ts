/** What a thread is asked to do: to call one function with one object. */
export interface ThreadTask {
  /** URL of the module that exports the function. */
  readonly module: string;
  readonly name: string;
  /** Of values that can be cloned. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The options that are functions: calling one sends a message. */
  readonly callbacks: readonly string[];
  /** The options that are the standard error stream, which each thread has of its own. */
  readonly streams: readonly string[];
}

export type FromThread =
  | { readonly kind: 'callback'; readonly name: string; readonly values: readonly unknown[] }
  /** The folders that hold unfinished files now. */
  | { readonly kind: 'claims'; readonly folders: readonly string[] }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: ThrownParts };

/** Something thrown, taken apart: cloning would make a plain Error of an OutpaceError. */
export interface ThrownParts {
  /** null for what is no OutpaceError. */
  readonly code: string | null;
  readonly message: string;
  readonly stack: string | null;
  readonly cause: ThrownParts | null;
}
