import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** The app as an installable web app, served by the sync server from `packages/ui/dist/web`. */
export default defineConfig({
  base: '/',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // The server sends each file with its own policy: nothing is inlined as data.
    assetsInlineLimit: 0,
  },
  plugins: [
    react(),
    VitePWA({
      // A new version waits until the person asks for it: nobody loses what they are typing.
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: ['icon.svg', 'apple-touch-icon.png'],
      manifest: {
        id: '/',
        name: 'Liasse',
        short_name: 'Liasse',
        description: 'Réunir des pièces, planifier et préparer ses réunions, même hors ligne.',
        lang: 'fr',
        dir: 'ltr',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#F5F6F4',
        theme_color: '#0A655A',
        categories: ['productivity', 'business'],
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png,woff2}'],
        // Vietnamese, Greek and Cyrillic letters are rare here: they come from the network when a page needs them.
        globIgnores: ['**/*-{vietnamese,greek,greek-ext,cyrillic,cyrillic-ext}-*.woff2'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/sync\//, /^\/healthz/],
        cleanupOutdatedCaches: true,
        clientsClaim: false,
        skipWaiting: false,
      },
    }),
  ],
});
