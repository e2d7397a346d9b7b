/** A Map holds at most 2^24 entries. */
const MOST_ENTRIES = 1 << 23;

/** What is known of objects, of which there may be more than fit into one Map. */
export class ObjectTable<Value> {
  #newest = new Map<object, Value>();
  readonly #tables = [this.#newest];

  get(key: object): Value | undefined {
    for (const table of this.#tables) {
      const value = table.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  set(key: object, value: Value): void {
    if (this.#tables.length > 1)
      for (const table of this.#tables) if (table.has(key)) return void table.set(key, value);
    this.#newest.set(key, value);
    if (this.#newest.size < MOST_ENTRIES) return;
    this.#newest = new Map();
    this.#tables.push(this.#newest);
  }
}
