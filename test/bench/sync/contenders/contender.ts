import type * as Y from 'yjs';
import type { LightClient, LightOptions } from '../light.ts';
import type { MeasuredProcess } from '../process.ts';

/** A client as people have it: the provider that goes with the server. */
export interface Provider {
  readonly doc: Y.Doc;
  close(): void;
}

/** A server in a process of its own, and how one gets into its rooms. */
export interface Contender {
  readonly name: string;
  readonly server: MeasuredProcess;
  /** It says when an edit was taken. */
  readonly acknowledges: boolean;
  /** What was taken is there after a restart. */
  readonly keeps: boolean;
  /** The name of a room that nobody has opened. */
  newRoom(): string;
  /** Resolves when it is in step with the server. */
  provide(room: string, doc: Y.Doc): Promise<Provider>;
  /** Resolves when the socket is being dialled; `synced` of what it gives says the rest. */
  dial(room: string, options?: Omit<LightOptions, 'dialect'>): Promise<LightClient>;
  /** The same, in step with the server. */
  join(room: string, options?: Omit<LightOptions, 'dialect'>): Promise<LightClient>;
  /** Ends it like a power cut, and starts it again on what it had kept. */
  again(): Promise<Contender>;
  close(): Promise<void>;
}

/** @param folder - of what it keeps; empty at first */
export type StartContender = (folder: string) => Promise<Contender>;
