import { defineConfig } from 'wxt';

/** What extension pages may load, and the servers they may talk to: docs/decisions/0006-extension-reaches-server.md. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Rich text and snapshots carry inline styles; a snapshot's frame inherits this policy and adds a stricter one.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' blob: data:",
  "connect-src 'self' https: wss: http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:*",
  "worker-src 'self'",
  // A snapshot is a document of its own, from memory.
  "frame-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Who may frame the extension's pages. Firefox holds a snapshot's frame to it, which inherits this policy, and knows no `'self'` among
 * extensions; no page of ours is web-accessible, so that no other extension can frame one either.
 */
const ancestors = (browser: string): string =>
  browser === 'firefox' ? 'frame-ancestors moz-extension:' : "frame-ancestors 'none'";

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  modules: ['@wxt-dev/module-react'],
  // Everything is on the disk already; what would preload it weighs on the popup.
  vite: () => ({ build: { modulePreload: false } }),
  hooks: {
    // WXT 0.21.4 still rewrites names like `storage` into its own imports when `imports` is false.
    'config:resolved': ({ config }) => {
      Object.assign(config.imports, { autoImport: false });
    },
  },
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'fr',
    permissions: [
      'activeTab',
      'scripting',
      'storage',
      'unlimitedStorage',
      'contextMenus',
      'alarms',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    // None is held: single sites are asked for when a person completes a piece, and given back. Chrome names none of them at install.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: { default_title: '__MSG_clip__' },
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+L' } } },
    content_security_policy: { extension_pages: `${contentPolicy}; ${ancestors(browser)}` },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'liasse@liasse.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '127', storage: { managed_schema: 'policy.schema.json' } }),
  }),
});
