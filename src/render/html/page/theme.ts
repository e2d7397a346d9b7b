/** `auto` is what the system says. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'outpace-theme';

/** As it was chosen last; some browsers keep nothing for a page from a file. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds until the page is closed.
  }
  applyTheme(theme);
}

const dark = matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = 'auto';

/** Canvas pictures listen to `themechange` on the document, since they must be painted anew. */
export function applyTheme(theme: Theme): void {
  chosen = theme;
  const shown = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset.theme = shown;
  document.dispatchEvent(new Event('themechange'));
}

dark.addEventListener('change', () => {
  if (chosen === 'auto') applyTheme('auto');
});
