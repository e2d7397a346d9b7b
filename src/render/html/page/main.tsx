/** The page's entry: the figures that stand in it are shown at once, the recordings as soon as they are decoded. */
import './main.css';
import './parts/controls.css';
import './parts/parts.css';
import { render } from 'preact';
import { embeddedFigures } from './embedded.ts';
import { escapeAllText } from './escaped-text.ts';
import { setUnit } from './parts/amounts.ts';
import { Shell } from './shell.tsx';
import { applyTheme, storedTheme } from './theme.ts';
// After all that it overrides.
import './print.css';

applyTheme(storedTheme());
escapeAllText();
const root = document.getElementById('page');
if (root === null) throw new Error('this page is cut short');
const figures = await embeddedFigures();
root.replaceChildren();
setUnit(figures.comparison.measure.unit);
render(<Shell figures={figures} />, root);
