import { type PieceId, Refusal } from '@liasse/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { usePlatform, useReplica } from '../../app/context.tsx';
import type { Outcome } from '../../app/platform.ts';
import { useOpenDoc } from '../../kit/index.ts';
import { addFile } from './addFile.ts';
import { type FileProgress, readInWorker } from './readInWorker.ts';

/** A file on its way into the dossier, as the list shows it. Those that arrived are in the dossier, and no longer here. */
export interface FileOnItsWay {
  readonly key: number;
  readonly name: string;
  readonly state:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'reading'; readonly progress: FileProgress | null }
    | { readonly kind: 'failed'; readonly code: (Outcome<never> & { ok: false })['code'] };
}

interface Files {
  readonly onTheirWay: readonly FileOnItsWay[];
  readonly add: (files: readonly File[]) => void;
  readonly stop: () => void;
  readonly dismiss: (key: number) => void;
}

/** Takes files into the dossier on screen, one after the other, in their order. Leaving the screen stops what has not begun. */
export function useFiles(onAdded: (pieces: readonly PieceId[]) => void): Files {
  const open = useOpenDoc();
  const { blobs } = useReplica();
  const { random, clock } = usePlatform();
  const [onTheirWay, setList] = useState<readonly FileOnItsWay[]>([]);
  const run = useRef<AbortController | null>(null);
  const keys = useRef(0);
  const tail = useRef<Promise<void>>(Promise.resolve());
  const told = useRef(onAdded);
  told.current = onAdded;

  const change = useCallback((key: number, state: FileOnItsWay['state'] | null) => {
    setList((list) =>
      state === null
        ? list.filter((each) => each.key !== key)
        : list.map((each) => (each.key === key ? { ...each, state } : each)),
    );
  }, []);

  const addOne = useCallback(
    async (file: File, key: number, signal: AbortSignal): Promise<PieceId | null> => {
      if (signal.aborted) {
        change(key, null);
        return null;
      }
      change(key, { kind: 'reading', progress: null });
      const report = (progress: FileProgress) => change(key, { kind: 'reading', progress });
      const ports = { open, blobs, read: readInWorker, random, now: () => clock.now(), software: 'Liasse' };
      try {
        const piece = await addFile(file, ports, { signal, report });
        change(key, null);
        return piece;
      } catch (error) {
        const code = error instanceof Refusal ? error.code : 'internal';
        if (code === 'internal') console.error(error);
        change(key, code === 'cancelled' ? null : { kind: 'failed', code });
        return null;
      }
    },
    [open, blobs, random, clock, change],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      if (run.current === null || run.current.signal.aborted) run.current = new AbortController();
      const { signal } = run.current;
      const lines = files.map((file) => ({ file, key: ++keys.current }));
      setList((list) => [
        ...list,
        ...lines.map(({ file, key }) => ({ key, name: file.name, state: { kind: 'waiting' } as const })),
      ]);
      tail.current = tail.current.then(async () => {
        const added: PieceId[] = [];
        for (const { file, key } of lines) {
          const piece = await addOne(file, key, signal);
          if (piece !== null) added.push(piece);
        }
        if (added.length > 0) told.current(added);
      });
    },
    [addOne],
  );
  const stop = useCallback(() => run.current?.abort(), []);
  useEffect(() => stop, [stop]);
  return { onTheirWay, add, stop, dismiss: (key) => change(key, null) };
}
