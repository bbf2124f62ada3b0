export { type CheckedPart, type CheckPorts, checkPiece, type SignatureState, type Verdict } from './check.ts';
export {
  hashOfResource,
  Manifest,
  type ManifestInput,
  type ManifestResource,
  makeManifest,
  PartRole,
  readManifest,
} from './manifest.ts';
export { extensionOf, safeFileName } from './paths.ts';
export { addReceipt, type ReceiptState, receiptState, receiptsView, type Unreceived, unreceived } from './receipts.ts';
