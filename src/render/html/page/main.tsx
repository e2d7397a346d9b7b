/** The page's entry: what stands in it as JSON is shown at once, the recordings as soon as they are decoded. */
import './main.css';
import './parts/parts.css';
import { render } from 'preact';
import type { PageData } from '../model.ts';
import { Shell } from './shell.tsx';
import { applyTheme, storedTheme } from './theme.ts';

const [root, source] = [document.getElementById('page'), document.getElementById('data')];
if (root === null || source === null) throw new Error('this page is cut short');
applyTheme(storedTheme());
// Written by outpace, which checked what it was made from.
const data: PageData = JSON.parse(source.textContent ?? '');
root.replaceChildren();
render(<Shell data={data} />, root);
