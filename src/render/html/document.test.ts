import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { samplePair } from '../../../tests/support/sample-report.ts';
import { compareProfiles } from '../../compare/comparison.ts';
import { escapeHtml, jsonInHtml, reportDocument } from './document.ts';
import type { PageData } from './model.ts';

const deflate = (bytes: Uint8Array) => deflateRawSync(bytes).toString('base64');
const { before, after } = samplePair();
const data: PageData = {
  schemaVersion: 1,
  kind: 'report',
  comparison: compareProfiles(before, after, { toleranceRatio: 0.02, paired: null }),
  bench: null,
  profiles: { before: null, after: null },
  recordings: { before: null, after: { runMs: 1, frames: '', threads: [] } },
};
const html = reportDocument(data, { script: 'let a = 1;', style: 'a{b:c}', deflate });

test('its policy allows its own script and stylesheet and nothing else', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');
  expect(html).toContain(
    `content="default-src 'none'; script-src 'sha256-${hash('let a = 1;')}'; style-src 'sha256-${hash('a{b:c}')}'; base-uri 'none'; form-action 'none'"`,
  );
});

test('the figures in it are the comparison, whole', () => {
  const [, figures = ''] = /<script type="text\/plain" id="figures">([^<]*)<\/script>/.exec(html) ?? [];
  const { recordings: _, ...expected } = data;
  const text = inflateRawSync(Buffer.from(figures, 'base64')).toString();
  expect(text).toBe(JSON.stringify(expected));
});

test('without a script it still says what was found', () => {
  expect(html).toMatch(/<noscript><pre>Efficiency gain 50\.00 %/);
});

test.each(['</script><script>alert(1)</script>', '<!--<script>', '<![CDATA[', 'plain & "quoted" \u2028'])(
  'JSON with %s in it ends no element, and stays what it is',
  (name) => {
    const text = jsonInHtml({ name });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ name });
  },
);

test('text in an element or an attribute stays text', () => {
  expect(escapeHtml(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;');
});
