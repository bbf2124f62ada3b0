/** The colours as data, for what CSS cannot reach (a canvas, a manifest's theme colour, a test). tokens.css is the same. */
export const COLOURS = {
  light: {
    canvas: '#f5f6f4',
    surface: '#ffffff',
    sunken: '#ebeeea',
    text: '#18201d',
    muted: '#515c57',
    line: '#d5dad6',
    lineControl: '#76827c',
    accent: '#0a655a',
    accentHover: '#084f47',
    onAccent: '#ffffff',
    accentSoft: '#dff0ec',
    danger: '#a81e2d',
    dangerSoft: '#fbe6e7',
    warn: '#7a4a00',
    warnSoft: '#fcefd6',
    ok: '#1b6334',
    okSoft: '#e2f2e6',
    info: '#2d4f96',
    infoSoft: '#e5ecfa',
    focus: '#0b57d0',
    mark: '#ffe58a',
  },
  dark: {
    canvas: '#111614',
    surface: '#19201d',
    sunken: '#0c100e',
    text: '#e8edea',
    muted: '#a7b2ad',
    line: '#313b37',
    lineControl: '#7f8c86',
    accent: '#5cc9b6',
    accentHover: '#82daca',
    onAccent: '#06201b',
    accentSoft: '#12342e',
    danger: '#ff9aa0',
    dangerSoft: '#3d1a1e',
    warn: '#f2be6a',
    warnSoft: '#38290f',
    ok: '#86d39c',
    okSoft: '#15311e',
    info: '#a5c0f8',
    infoSoft: '#1a2844',
    focus: '#9cc2ff',
    mark: '#5c4b00',
  },
} as const;

/** The colours of people, by `Presence.colour`; always shown with initials. */
export const PEOPLE_COLOURS = {
  light: ['#8a3fa0', '#0b6e99', '#a3480b', '#4e6b0e', '#b0256b', '#3b4fb8', '#6b5a3a'],
  dark: ['#d9a5e8', '#7cc7ec', '#f2ae7c', '#b9d573', '#f59ac4', '#aeb9f7', '#d2bf98'],
} as const;

/** Widths (px) at which the layout changes. */
export const BREAKPOINTS = { medium: 768, wide: 1200 } as const;
