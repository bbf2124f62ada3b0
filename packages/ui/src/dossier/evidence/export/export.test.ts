// @vitest-environment node
import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AccountId,
  addPiece,
  addReceipt,
  type BlobHash,
  completePiece,
  createDossier,
  type Doc,
  type DossierId,
  encodeStep,
  type FormStepId,
  makeManifest,
  type PieceId,
  piecesView,
  type Rank,
} from '@liasse/core';
import { dossierRoom, Receipt, type ReceiptKey, signedText } from '@liasse/core/protocol';
import { testDraft, testId, testStep } from '@liasse/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { TEST_TEAM } from '../../../testing/memoryPlatform.ts';
import { SNAPSHOT_POLICY } from '../../snapshot/inertHtml.ts';
import { pieceFiles } from './pieceFiles.ts';
import { pieceHtml } from './pieceHtml.ts';
import { LISEZMOI, README } from './readmes.ts';
import { EXPORT_POLICY } from './snapshotHtml.ts';
import { blobWriter, writeZip } from './zip.ts';

const run = promisify(execFile);
const author = { by: AccountId.parse('account-1'), at: 5 };
const pieceId = testId<PieceId>(100);
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex') as BlobHash;

/** @param options - `form`: it was taken with its page; `completed`: what other sites held was fetched later */
async function dossier(options: { readonly form?: boolean; readonly completed?: boolean } = {}) {
  const doc: Doc = new Y.Doc();
  const blobs = new Map<BlobHash, Blob>();
  const put = async (content: string) => {
    const blob = new Blob([content]);
    const hash = sha256(content);
    blobs.set(hash, blob);
    return { hash, bytes: blob.size };
  };
  const image = { ...(await put('GIF89a')), type: 'image/gif' };
  const style = { ...(await put(`body{background:url("sha256:${image.hash}")}`)), type: 'text/css' };
  const snapshot = await put(
    `<html><head><link rel="stylesheet" href="sha256:${style.hash}"></head><body><img src="sha256:${image.hash}">Cliché</body></html>`,
  );
  const original = {
    ...(await put('%PDF')),
    type: 'application/pdf',
    name: 'Décret.pdf',
    reading: 'whole' as const,
    pixels: null,
    pages: null,
  };
  const draft = testDraft({ text: [{ kind: 'paragraph', text: '<script>alert("é")</script>' }] });
  const digest = async (text: string) => ({ hash: sha256(text), bytes: Buffer.byteLength(text) });
  const parts = { snapshot, original };
  const resources = [image, style];
  const form = options.form ? testStep(testId<FormStepId>(101)) : null;
  const about = { draft, resources, software: 'Liasse', digest };
  const manifest = await put(await makeManifest({ ...about, parts, form }));
  createDossier(doc, { dossierId: testId<DossierId>(1), title: 'Subventions' }, author);
  addPiece(doc, { pieceId, rank: 'a0' as Rank, draft, parts: { ...parts, manifest }, resources, form }, author);
  if (options.completed) {
    const whole = await put(`<html><body><img src="sha256:${image.hash}">Cliché entier</body></html>`);
    const ofWhole = await put(await makeManifest({ ...about, resources: [image], parts: { snapshot: whole } }));
    completePiece(doc, { pieceId, completion: { snapshot: whole, manifest: ofWhole, missing: [] } }, author);
  }

  const pair = generateKeyPairSync('ed25519');
  const { kty, crv, x } = pair.publicKey.export({ format: 'jwk' }) as unknown as ReceiptKey;
  const key: ReceiptKey = { kty, crv, x, kid: 'k'.repeat(43) };
  const unsigned = {
    profile: 'liasse-receipt/1' as const,
    manifestSha256: manifest.hash,
    room: dossierRoom(TEST_TEAM, testId<DossierId>(1)),
    author: author.by,
    receivedAt: 1_700_000_000_000,
    seq: 3,
    keyId: key.kid,
  };
  const signature = sign(null, Buffer.from(signedText(unsigned)), pair.privateKey).toString('base64url');
  addReceipt(doc, { pieceId, receipt: Receipt.parse({ ...unsigned, signature }) }, author);

  const ports = {
    blob: async (hash: BlobHash) => blobs.get(hash) ?? null,
    hashOf: async (blob: Blob) => sha256(new Uint8Array(await blob.arrayBuffer())),
    inert: (html: string) => `<meta http-equiv="Content-Security-Policy" content="${SNAPSHOT_POLICY}">${html}`,
    keys: [key],
    about: [{ label: 'Page', value: 'https://a.example/?a=1&b=2', href: 'https://a.example/?a=1&b=2' }],
  };
  const files = () => {
    const piece = piecesView(doc).getSnapshot().byId.get(pieceId);
    if (piece === undefined) throw new Error('no piece');
    return pieceFiles(doc, piece, ports);
  };
  return { blobs, image, snapshot, manifest, form, files };
}

/** Writes the archive and unpacks it, as a stranger would. */
async function unpacked(files: AsyncIterable<{ path: string; content: Blob }>) {
  const folder = await mkdtemp(join(tmpdir(), 'liasse-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const archive = blobWriter('application/zip');
  await writeZip(files, Date.UTC(2026, 10, 24), archive.write);
  await writeFile(join(folder, 'piece.zip'), Buffer.from(await archive.end().arrayBuffer()));
  await run('unzip', ['-q', 'piece.zip', '-d', 'piece'], { cwd: folder });
  const root = join(folder, 'piece');
  return { root, read: (path: string) => readFile(join(root, path), 'utf8') };
}

test('[E15] a stranger unpacks it, and sha256sum finds every file of it whole', async () => {
  const { files, manifest } = await dossier();
  const { root, read } = await unpacked(files());
  const { stdout } = await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: root });
  const checked = stdout.trim().split('\n');
  expect(checked.every((line) => line.endsWith(': OK'))).toBe(true);
  const all = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(checked).toHaveLength(all.length - 1);
  expect(await read('text.md')).toContain('alert');
  expect(sha256(await readFile(join(root, 'datapackage.json')))).toBe(manifest.hash);
  const listed = JSON.parse(await read('datapackage.json')) as { resources: { path: string; hash: string }[] };
  for (const { path, hash } of listed.resources) {
    expect(`sha256:${sha256(await readFile(join(root, path)))}`, path).toBe(hash);
  }
  expect(JSON.parse(await read('datapackage-digest.json'))).toEqual({
    path: 'datapackage.json',
    hash: `sha256:${manifest.hash}`,
  });
});

test('[E15] the form that was taken is in it as it was hashed, and what completed the copy stands in a folder beside', async () => {
  const { files, form, image } = await dossier({ form: true, completed: true });
  const { root, read } = await unpacked(files());
  const { stdout } = await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: root });
  expect(stdout).not.toContain('FAILED');
  expect(form).not.toBeNull();
  expect(await read('form.json')).toBe(form && encodeStep(form));
  expect(await read('completed/snapshot/recorded.html')).toContain('Cliché entier');
  expect(await read('completed/snapshot/index.html')).toContain(`<img src="files/${image.hash}.gif">`);
  const listed = JSON.parse(await read('completed/datapackage.json')) as {
    resources: { path: string; hash: string }[];
  };
  for (const { path, hash } of listed.resources.filter(({ path }) => path !== 'text.json')) {
    expect(`sha256:${sha256(await readFile(join(root, 'completed', path)))}`, path).toBe(hash);
  }
});

test('[E15] openssl checks the receipt with the command that the archive gives, and a changed one fails', async () => {
  const { files, manifest } = await dossier();
  const { root, read } = await unpacked(files());
  const command = /^ +(openssl pkeyutl .*)$/m.exec(README)?.[1] ?? '';
  expect(LISEZMOI).toContain(command);
  const [program = '', ...args] = command.split(' ');
  const cwd = join(root, 'receipt');
  expect((await run(program, args, { cwd })).stdout.trim()).toBe('Signature Verified Successfully');
  const signed = await read('receipt/signed.json');
  expect(signed).toContain(`"manifestSha256":"${manifest.hash}"`);
  await writeFile(join(cwd, 'signed.json'), signed.replace('"seq":3', '"seq":4'));
  await expect(run(program, args, { cwd })).rejects.toThrow('Command failed');
});

test('[E15] a part that changed since it was recorded fails the check; one that is away stops the export', async () => {
  const { blobs, image, files } = await dossier();
  blobs.set(image.hash, new Blob(['GIF87a']));
  const { root } = await unpacked(files());
  const failed = await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: root }).catch(
    (error: { stdout: string }) => error,
  );
  expect(failed.stdout).toContain(`snapshot/files/${image.hash}.gif: FAILED`);
  blobs.delete(image.hash);
  await expect(unpacked(files())).rejects.toMatchObject({ code: 'offline' });
});

test('[E16] what is written goes out as it comes, and a large file never as one piece', async () => {
  const chunk = new Uint8Array(65_536);
  let produced = 0;
  let ahead = 0;
  const content = {
    stream: () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          produced += chunk.length;
          if (produced > 8 * 1024 * 1024) controller.close();
          else controller.enqueue(chunk);
        },
      }),
  } as Blob;
  async function* large() {
    yield { path: 'original/scan.pdf', content };
  }
  let written = 0;
  await writeZip(large(), Date.UTC(2026, 10, 24), (piece) => {
    expect(piece.length).toBeLessThanOrEqual(chunk.length);
    written += piece.length;
    ahead = Math.max(ahead, produced - written);
  });
  expect(written).toBeGreaterThan(8 * 1024 * 1024);
  expect(ahead).toBeLessThan(10 * chunk.length);
});

test('[E16] what was gathered is handed to the browser, and held no longer', async () => {
  const archive = blobWriter('application/zip');
  const chunks = Array.from({ length: 5 }, () => new Uint8Array(1024 * 1024).fill(1));
  for (const chunk of chunks) archive.write(chunk);
  // Who still held a chunk would find it changed.
  for (const chunk of chunks.slice(0, 4)) chunk.fill(2);
  const written = new Uint8Array(await archive.end().arrayBuffer());
  expect([written.length, written.every((byte) => byte === 1)]).toEqual([5 * 1024 * 1024, true]);
});

test('[E17] neither page may run anything, or load what is not a file beside it', async () => {
  const { files } = await dossier();
  const { read } = await unpacked(files());
  for (const path of ['snapshot/index.html', 'piece.html']) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(await read(path))?.[1] ?? '';
    const directives = new Map(policy.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));
    expect(directives.get('default-src'), path).toEqual(["'none'"]);
    expect([...directives.keys()], path).not.toContain('script-src');
    const sources = [...directives].flatMap(([name, from]) => (name === 'style-src' ? [] : from));
    for (const source of sources) expect(["'none'", 'file:', 'data:'], path).toContain(source);
    expect(directives.get('style-src'), path).toEqual(["'unsafe-inline'"]);
  }
});

test('[E17] the snapshot finds its files beside it, under a policy that allows nothing else', async () => {
  const { files, image } = await dossier();
  const { read } = await unpacked(files());
  const page = await read('snapshot/index.html');
  expect(page).toContain(`content="${EXPORT_POLICY}"`);
  expect(page).toContain(`<img src="files/${image.hash}.gif">`);
  expect(page).toContain(`<style>body{background:url("files/${image.hash}.gif")}</style>`);
  expect(page).not.toMatch(/sha256:|blob:/);
});

test('[E17] in the readable page, what an author wrote is text, and no address but a web one is a link', async () => {
  const { files } = await dossier();
  const { read } = await unpacked(files());
  const page = await read('piece.html');
  expect(page).toContain('&lt;script&gt;alert(&quot;é&quot;)&lt;/script&gt;');
  expect(page).not.toContain('<script');
  expect(page).toContain('<a href="https://a.example/?a=1&amp;b=2"');
  const hostile = pieceHtml({
    title: '</title><script>',
    language: 'fr',
    about: [{ label: 'Page', value: 'x', href: 'javascript:alert(1)' }],
    blocks: [],
  });
  expect(hostile).not.toMatch(/<script|javascript:/);
});
