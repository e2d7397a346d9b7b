/** What `check` writes for CI systems, read back as they read it. */
import { XMLParser } from 'fast-xml-parser';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { checkAnnotations } from '../../src/render/check/github.ts';
import { checkGitlab } from '../../src/render/check/gitlab.ts';
import { checkJunit } from '../../src/render/check/junit.ts';
import { checkMarkdown, commentMarker } from '../../src/render/check/markdown.ts';
import { escapeTerminal } from '../../src/render/escape.ts';
import { JUNIT_SCHEMA } from '../support/junit-schema.ts';
import { cause, checkedRule, HOSTILE, SAMPLE_CHECKS } from '../support/sample-check.ts';

const place = { folder: 'packages/job', settings: 'outpace.config.ts' };
const FORMATS = {
  'junit.xml': (report) => checkJunit(report, { requireConclusive: false }),
  'gitlab.json': (report) => checkGitlab(report, place),
  'annotations.txt': (report) => checkAnnotations(report, place),
  md: checkMarkdown,
} satisfies Record<string, (report: (typeof SAMPLE_CHECKS)['failing']) => string>;
const samples = Object.entries(SAMPLE_CHECKS);

describe.each(samples)('a %s report', (name, report) => {
  test.each(Object.entries(FORMATS))('as %s', async (extension, render) => {
    const text = render(report);
    await expect(text).toMatchFileSnapshot(`../golden/check-${name}.${extension}`);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
  });

  test.each([false, true])('its JUnit is valid, requireConclusive %s', async (requireConclusive) => {
    const xml = checkJunit(report, { requireConclusive });
    const { errors } = await validateXML({
      xml: { fileName: 'report.xml', contents: xml },
      schema: { fileName: 'junit.xsd', contents: JUNIT_SCHEMA },
    });
    expect(errors).toEqual([]);
  });
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'testcase',
});
const suiteOf = (xml: string) => parser.parse(xml).testsuites.testsuite;

describe('JUnit', () => {
  test('a case a rule; names and bodies come back as they were, but for what XML cannot hold', () => {
    const suite = suiteOf(checkJunit(SAMPLE_CHECKS.failing, { requireConclusive: false }));
    expect(suite).toMatchObject({ tests: '3', failures: '2', errors: '0', skipped: '0' });
    expect(suite.testcase.map(({ name, time }: { name: string; time?: string }) => ({ name, time }))).toEqual(
      [
        { name: 'maxSlowdown: new against new', time: '1.300000' },
        { name: escapeTerminal(`maxCalls ${HOSTILE}: new against new`), time: undefined },
        { name: 'maxMemory: new against new', time: undefined },
      ],
    );
    const [{ failure }] = suite.testcase;
    expect(failure.message).toContain('at most 5.00 % slower: failed: +30.00 % (+21.00 % to +40.00 %');
    expect(failure['#text']).toContain(
      'cause: src/parse.ts:12 parse (own files): +12.5 ms (8.1 to 14.2 ms), more calls',
    );
    const properties = Object.fromEntries(
      suite.properties.property.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(properties).toMatchObject({
      falseAlarmRate: '0.00125',
      commit: 'not known',
      uncommittedChanges: 'true',
    });
    expect(properties.machine).toContain('2 cores');
  });

  test.each([
    { requireConclusive: false, failures: '0', skipped: '2' },
    { requireConclusive: true, failures: '2', skipped: '0' },
  ])('what is inconclusive, $requireConclusive', ({ requireConclusive, failures, skipped }) => {
    const suite = suiteOf(checkJunit(SAMPLE_CHECKS.inconclusive, { requireConclusive }));
    expect(suite).toMatchObject({ failures, skipped });
  });

  test('the schema refuses what Jenkins does', async () => {
    const contents = '<testsuites><testsuite name="a"><testcase/></testsuite></testsuites>';
    const { valid } = await validateXML({
      xml: { fileName: 'report.xml', contents },
      schema: { fileName: 'junit.xsd', contents: JUNIT_SCHEMA },
    });
    expect(valid).toBe(false);
  });
});

describe('GitLab', () => {
  interface Entry {
    readonly fingerprint: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const entriesOf = (report: Parameters<typeof checkGitlab>[0]): Entry[] =>
    JSON.parse(checkGitlab(report, place));

  test('an entry for each failed rule and cause, where it lies in the repository', () => {
    const entries = entriesOf(SAMPLE_CHECKS.failing);
    expect(entries.map(({ location }) => `${location.path}:${location.lines.begin}`)).toEqual([
      'packages/job/outpace.config.ts:1',
      'packages/job/outpace.config.ts:1',
      'packages/job/src/parse.ts:12',
      expect.stringContaining('packages/job/src/a|b'),
      'packages/job/outpace.config.ts:1',
      'packages/job/outpace.config.ts:1',
    ]);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
    expect(entriesOf(SAMPLE_CHECKS.inconclusive)).toEqual([]);
  });

  test('a fingerprint stays though figures, lines and the commit change; another function has another', () => {
    const print = (subject: string, line: number, name: string) =>
      entriesOf({
        ...SAMPLE_CHECKS.failing,
        rules: [checkedRule({ verdict: 'fail', subject, limit: line / 100 })],
        causes: [cause({ line, name, selfDeltaMs: { point: line, low: 1, high: 99, confidenceLevel: 0.9 } })],
      }).map(({ fingerprint }) => fingerprint);
    expect(print('new against new@1a2b3c4d', 3, 'f')).toEqual(print('new against new@99999999', 8, 'f'));
    expect(print('new against new@1a2b3c4d', 3, 'f')[1]).not.toBe(
      print('new against new@1a2b3c4d', 3, 'g')[1],
    );
  });

  test('two functions without a name are two entries', () => {
    const [, a, b] = entriesOf({
      ...SAMPLE_CHECKS.failing,
      rules: [checkedRule({ verdict: 'fail' })],
      causes: [cause({ name: '' }), cause({ name: '', line: 90 })],
    });
    expect(a?.fingerprint).not.toBe(b?.fingerprint);
  });
});

describe('annotations', () => {
  const COMMAND = /^::(error|warning) ((?:\w+=[^,:\r\n]*,?)+)::([^\r\n]*)$/;

  test.each(samples)('each line of a %s one is one command', (_, report) => {
    const text = checkAnnotations(report, place);
    for (const line of text.split('\n').slice(0, -1)) expect(line).toMatch(COMMAND);
  });

  test('errors at their lines, warnings for what is open, nothing where all passed', () => {
    const lines = checkAnnotations(SAMPLE_CHECKS.failing, place).split('\n');
    expect(lines[2]).toMatch(/^::error file=packages\/job\/src\/parse\.ts,line=12,title=/);
    // What lies in a package, or in no file, is in no change.
    expect(lines[4]).toMatch(/^::error title=/);
    expect(lines[5]).toMatch(/^::error title=/);
    expect(lines[0]).toContain('+30.00 %25');
    expect(checkAnnotations(SAMPLE_CHECKS.passing, place)).toBe('');
    expect(checkAnnotations(SAMPLE_CHECKS.inconclusive, place)).toMatch(/^::warning .*\n::warning .*\n$/);
  });

  test('no more than GitHub shows', () => {
    const causes = Array.from({ length: 40 }, (_, line) => cause({ line }));
    const text = checkAnnotations({ ...SAMPLE_CHECKS.failing, causes }, place);
    expect(text.split('\n').filter((line) => line.startsWith('::error'))).toHaveLength(10);
  });
});

describe('markdown', () => {
  const html = (text: string) =>
    micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const TAGS =
    /<(?!\/?(?:h3|table|thead|tbody|tr|th|td|code|strong|p|ul|li)(?: align="right")?>|!-- outpace-check:[\w.-]+ -->)/;

  test.each(samples)('of a %s one is the table that was meant, and nothing else', (_, report) => {
    const page = html(checkMarkdown(report));
    expect(page).not.toMatch(TAGS);
    // GitHub looks for mentions outside of code.
    expect(page.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/@\w|#\d/);
    const [first = '', ...others] = page.split('</table>').slice(0, -1);
    expect(first.match(/<tr>/g)).toHaveLength(1 + report.rules.length);
    expect(others.flatMap((table) => table.match(/<tr>/g) ?? [])).toHaveLength(
      report.causes.length === 0 ? 0 : 1 + report.causes.length,
    );
  });

  test('the marker of a job comes first, and is of that job alone', () => {
    expect(checkMarkdown(SAMPLE_CHECKS.passing)).toMatch(/^<!-- outpace-check:data_utils -->\n/);
    expect(commentMarker('a')).not.toContain(commentMarker('a-b'));
    expect(commentMarker(`x${HOSTILE}`)).toMatch(/^<!-- outpace-check:[\w.-]+ -->$/);
  });

  test('a commit that was asked for by its hash is said once', () => {
    const commit = '1a2b3c4d'.repeat(5);
    const text = checkMarkdown({ ...SAMPLE_CHECKS.passing, against: { name: commit, commit } });
    expect(text).toContain(`Against commit ${commit}.`);
    expect(text.split(commit)).toHaveLength(2);
  });

  test('a verdict is said in words', () => {
    expect(checkMarkdown(SAMPLE_CHECKS.failing)).toContain('### ✗ **failed**: outpace check of ');
    expect(checkMarkdown(SAMPLE_CHECKS.inconclusive)).toContain('the baseline is of another machine');
  });
});
