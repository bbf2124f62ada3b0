import {
  addPiece,
  addReceipt,
  type BlobHash,
  createDossier,
  type DossierId,
  makeManifest,
  type PieceId,
  type Rank,
} from '@liasse/core';
import { dossierRoom, Receipt, type ReceiptKey, signedText } from '@liasse/core/protocol';
import { hashOf } from '@liasse/core/replica';
import { testDraft, testId } from '@liasse/core/testing';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { Route } from 'wouter';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import PieceScreen from '../piece/PieceScreen.tsx';
import { checkSignature } from './checkPorts.ts';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);
const pieceId = testId<PieceId>(100);

/** A server’s key, and receipts that it signs. */
async function signer() {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { kty, crv, x } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as ReceiptKey;
  const key: ReceiptKey = { kty, crv, x, kid: 'k'.repeat(43) };
  const receiptFor = async (manifestSha256: BlobHash): Promise<Receipt> => {
    const unsigned = {
      profile: 'liasse-receipt/1' as const,
      manifestSha256,
      room,
      author: 'account-amira' as Receipt['author'],
      receivedAt: Date.UTC(2026, 10, 24, 15, 2),
      seq: 12,
      keyId: key.kid,
    };
    const signature = await crypto.subtle.sign(
      'Ed25519',
      pair.privateKey,
      new TextEncoder().encode(signedText(unsigned)),
    );
    return Receipt.parse({ ...unsigned, signature: Buffer.from(signature).toString('base64url') });
  };
  return { key, receiptFor };
}

async function show(options: { readonly manifest?: 'none'; readonly receipt?: 'good' | 'unknown-key' } = {}) {
  const platform = makeMemoryPlatform();
  const replica = platform.replica(testWorkspace().scope);
  const kept = async (content: string) => {
    const blob = new Blob([content]);
    return { hash: await replica.blobs.put(room, blob), bytes: blob.size };
  };
  const draft = testDraft();
  const parts = { snapshot: await kept('<p>snapshot</p>') };
  const digest = async (text: string) => ({ hash: await hashOf(new Blob([text])), bytes: text.length });
  const manifest = await kept(await makeManifest({ draft, parts, software: 'Liasse', digest }));
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  const recorded = options.manifest === 'none' ? parts : { ...parts, manifest };
  platform.run(room, addPiece, { pieceId, rank: 'a0' as Rank, draft, parts: recorded });
  if (options.receipt !== undefined) {
    const { key, receiptFor } = await signer();
    platform.run(room, addReceipt, { pieceId, receipt: await receiptFor(manifest.hash) });
    if (options.receipt === 'good') platform.receipts.keys = async () => [key];
  }
  renderApp(
    <Route path="/dossiers/:dossierId/piece/:pieceId">
      <PieceScreen />
    </Route>,
    { path: `/dossiers/${id}/piece/${pieceId}`, platform },
  );
  await screen.findByRole('heading', { name: 'Preuve' });
  const user = userEvent.setup();
  return {
    replica,
    snapshot: parts.snapshot.hash,
    verify: async () => {
      await user.click(screen.getByRole('button', { name: 'Vérifier' }));
      return (await screen.findByText(/^(Intègre|Cohérente|Modifiée|Incomplète)/)).textContent;
    },
  };
}

describe('the evidence card', () => {
  test('[E12] without a receipt says consistent, and what a clip proves', async () => {
    const { verify } = await show();
    expect(await verify()).toBe('Cohérente, sans reçu du serveur.');
    expect(screen.getByText(/pas que la source l’a publié/)).toBeTruthy();
  });

  test('[E12] with a receipt that holds says when the server received it, and from whom', async () => {
    const { verify } = await show({ receipt: 'good' });
    expect(screen.getByText('mardi 24 novembre 2026 à 16 h 02, n° 12')).toBeTruthy();
    expect(await verify()).toBe(
      'Intègre, reçue par le serveur le mardi 24 novembre 2026 à 16\u00a0h\u00a002. Déposée par Amira Benali.',
    );
  });

  test('[E12] a receipt whose key the server never served to this device is not believed', async () => {
    const { verify } = await show({ receipt: 'unknown-key' });
    expect(await verify()).toMatch(/^Cohérente. Son reçu n’a pas pu être vérifié/);
  });

  test('[E10][E11] names what is changed, and what is not here yet', async () => {
    const { replica, snapshot, verify } = await show();
    const get = replica.blobs.get;
    replica.blobs.get = async (at, hash) => (hash === snapshot ? new Blob(['<p>autre</p>']) : get(at, hash));
    expect(await verify()).toBe('Modifiée\u00a0: le cliché.');
    replica.blobs.get = async (at, hash) => (hash === snapshot ? null : get(at, hash));
    await userEvent.click(screen.getByRole('button', { name: 'Vérifier' }));
    await screen.findByText('Incomplète : le cliché, pas encore sur cet appareil.');
  });

  test('[E13] a piece without fingerprints says so, and offers no check', async () => {
    await show({ manifest: 'none' });
    expect(screen.getByText(/^Sans empreintes/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Vérifier' })).toBeNull();
  });
});

describe('a signature', () => {
  test('[E12] holds under its key alone; a key that is none signs nothing; an old browser says that it does not know', async () => {
    const [own, other] = [await signer(), await signer()];
    const receipt = await own.receiptFor('0'.repeat(64) as BlobHash);
    expect(await checkSignature(receipt, [own.key])).toBe('holds');
    expect(await checkSignature({ ...receipt, seq: 13 }, [own.key])).toBe('broken');
    expect(await checkSignature(receipt, [other.key])).toBe('broken');
    expect(await checkSignature(receipt, [{ ...own.key, kid: 'z'.repeat(43) }])).toBe('unknown-key');
    const { importKey } = crypto.subtle;
    crypto.subtle.importKey = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
    try {
      expect(await checkSignature(receipt, [own.key])).toBe('unsupported');
    } finally {
      crypto.subtle.importKey = importKey;
    }
  });
});
