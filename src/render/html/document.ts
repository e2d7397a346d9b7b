import { createHash } from 'node:crypto';
import type { Comparison } from '../../compare/comparison.ts';
import { totalsText } from '../amount.ts';
import { comparisonText } from '../comparison-text.ts';
import { escapeControls, escapeTerminal } from '../escape.ts';
import { percent } from '../format.ts';
import type { Deflate } from './encode.ts';
import type { PageData } from './model.ts';

/**
 * The whole page as one file. It asks for nothing from anywhere: its policy allows its own script and stylesheet, by
 * their hashes, and nothing else.
 *
 * The figures stand in it as deflated JSON, since a function's row is long and much like the next one. The recordings,
 * which the first picture does not need, stand by themselves.
 *
 * @param script of the page, without a closing tag of its kind in it; so the style
 */
export function reportDocument(
  { recordings, ...figures }: PageData,
  { script, style, deflate }: { readonly script: string; readonly style: string; readonly deflate: Deflate },
): string {
  const { comparison } = figures;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(escapeTerminal(titleOf(comparison)))}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><pre>${escapeHtml(escapeControls(comparisonText(comparison)))}</pre></noscript></div>
<script type="text/plain" id="figures">${deflate(new TextEncoder().encode(JSON.stringify(figures)))}</script>
<script type="application/json" id="recordings">${jsonInHtml(recordings)}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

function titleOf(comparison: Comparison): string {
  const { before, after, gainRatio, mismatches } = comparison;
  if (mismatches.length > 0) return `${before.implementation} → ${after.implementation}: not comparable`;
  if (gainRatio === null)
    return `${before.implementation} → ${after.implementation}: ${totalsText(comparison)}`;
  return `${before.implementation} → ${after.implementation}: ${percent(gainRatio.point, 1)} efficiency gain`;
}

/** In what a policy takes, of the text between the tags. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Text that stays text in an element, and in an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** JSON with no `<` in it, so that nothing in it can end the element that it stands in, or begin a comment. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
