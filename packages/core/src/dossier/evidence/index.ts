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
