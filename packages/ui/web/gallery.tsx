// Every component of the kit in its states: for the eyes, for axe and for the keyboard. Not part of the built app:
// `vite packages/ui/web`, then /gallery.html?lang=en&theme=dark.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { KitProvider, setLanguage, type Theme } from '../src/kit/index.ts';
import { Gallery } from './gallery/Gallery.tsx';

const query = new URLSearchParams(window.location.search);
setLanguage(query.get('lang') === 'en' ? 'en' : 'fr');

const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <KitProvider theme={(query.get('theme') ?? 'system') as Theme} navigate={() => {}}>
        <Gallery />
      </KitProvider>
    </StrictMode>,
  );
}
