import '../kit/theme/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import type { Platform } from './platform.ts';

/** Draws the app in an element of the page; returns its removal. */
export function mountApp(element: HTMLElement, platform: Platform): () => void {
  // Screens name the page from now on; a second title in the head would not be read.
  document.querySelector('head > title')?.remove();
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <App platform={platform} />
    </StrictMode>,
  );
  return () => root.unmount();
}
