import type { Session } from 'node:inspector';
import { jsonOf, OwnMap, OwnPromise } from './captured.ts';

interface Pending {
  readonly sessionId: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Commands to the inspectors of workers, sent through the main thread's session, and their answers. */
export class WorkerCommands {
  readonly #session: Session;
  readonly #pending = new OwnMap<number, Pending>();
  #nextId = 1;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Rejects where the worker refuses the command, or is gone before it answers. */
  post(sessionId: string, method: string, params: object = {}): Promise<unknown> {
    const id = this.#nextId++;
    return new OwnPromise((resolve, reject) => {
      this.#pending.set(id, { sessionId, resolve, reject });
      const message = jsonOf({ id, method, params });
      this.#session.post('NodeWorker.sendMessageToWorker', { sessionId, message }, (error) => {
        if (error !== null) this.#settle(id, ({ reject: refuse }) => refuse(error));
      });
    });
  }

  answered({ id, result, error }: Answer): void {
    this.#settle(id, ({ resolve, reject }) => {
      if (error === undefined) resolve(result);
      else reject(new Error(error.message));
    });
  }

  /** Nothing more will come from this worker. */
  gone(sessionId: string): void {
    this.#pending.forEach((pending, id) => {
      if (pending.sessionId !== sessionId) return;
      this.#settle(id, ({ reject }) => reject(new Error('it ended before it could answer')));
    });
  }

  #settle(id: number, how: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending !== undefined) how(pending);
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
