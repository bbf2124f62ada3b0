import { Blob as NodeBlob } from 'node:buffer';
import { addPiece, type BlobHash, makeManifest, type PieceId, piecesView, type Rank } from '@liasse/core';
import { hashOf } from '@liasse/core/replica';
import { testDraft, testId } from '@liasse/core/testing';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { exportPiece } from './exportPiece.ts';

const pieceId = testId<PieceId>(100);

// jsdom’s have no stream, and what makes a snapshot inert needs its DOM.
beforeEach(() => void vi.stubGlobal('Blob', NodeBlob));
afterEach(() => void vi.unstubAllGlobals());

test('[E17] a snapshot that holds what it must not, from a peer or a disk, is exported without it', async () => {
  const doc = new Y.Doc();
  const blobs = new Map<BlobHash, Blob>();
  const put = async (content: string) => {
    const blob = new Blob([content]);
    const hash = await hashOf(blob);
    blobs.set(hash, blob);
    return { hash, bytes: blob.size };
  };
  const digest = async (text: string) => ({ hash: await hashOf(new Blob([text])), bytes: new Blob([text]).size });
  const draft = testDraft();
  const hostile =
    '<script>mark()</script><img src="https://tracker.example/a.gif" onerror="mark()"><a href="https://elsewhere.example/">ailleurs</a><p>Cliché</p>';
  const parts = { snapshot: await put(`<html><body>${hostile}</body></html>`) };
  const manifest = await put(await makeManifest({ draft, parts, software: 'Liasse', digest }));
  const author = { by: 'account-1' as never, at: 5 };
  addPiece(doc, { pieceId, rank: 'a0' as Rank, draft, parts: { ...parts, manifest } }, author);
  const piece = piecesView(doc).getSnapshot().byId.get(pieceId);
  if (piece === undefined) throw new Error('no piece');

  const ports = { blob: async (hash: BlobHash) => blobs.get(hash) ?? null, hashOf, keys: [], about: [] };
  const archive = await exportPiece(doc, piece, ports, Date.UTC(2026, 10, 24));
  const files = unzipSync(new Uint8Array(await archive.arrayBuffer()));
  const page = strFromU8(files['snapshot/index.html'] ?? new Uint8Array());
  expect(page).toContain('<p>Cliché</p>');
  expect(page).not.toMatch(/<script|onerror|tracker\.example|\shref="https:/);
  // What was recorded stands beside it, byte for byte.
  expect(strFromU8(files['snapshot/recorded.html'] ?? new Uint8Array())).toContain(hostile);
});
