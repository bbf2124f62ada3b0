import './theme.css';

/** `system`: as the machine is set. */
export type Theme = 'system' | 'light' | 'dark';

/** Applies a theme to the whole page. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
