/** Names that would be markup, code, or a trick on the eye, if anything took them for more than text. */
export const HOSTILE_NAMES = [
  '</script><script>globalThis.owned = 1</script>',
  '<!--<script>',
  '<img src=x onerror="globalThis.owned = 1">',
  '"><svg onload=globalThis.owned=1>',
  "javascript:globalThis.owned=1//'",
  '__proto__',
  'constructor',
  '\u202egnp.exe\u202c',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is not to be filled in
  '${globalThis.owned = 1}',
  '&lt;b&gt;&amp;',
  'x'.repeat(5000),
];

/** A `.cpuprofile` of functions with such names, in files with such names, each as long as its place in the list. */
export function hostileProfile(factor: number): string {
  const intervalUs = 1000 * factor;
  const nodes = [
    {
      id: 1,
      callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 },
      children: HOSTILE_NAMES.map((_, index) => index + 2),
    },
    ...HOSTILE_NAMES.map((name, index) => ({
      id: index + 2,
      callFrame: {
        functionName: name,
        scriptId: '1',
        url: `file:///srv/${encodeURI(name)}/${name}.js`,
        lineNumber: index,
        columnNumber: 0,
      },
    })),
  ];
  const samples = HOSTILE_NAMES.flatMap((_, index) => Array(index + 1).fill(index + 2));
  return JSON.stringify({
    nodes,
    samples,
    timeDeltas: samples.map((_, index) => (index === 0 ? 0 : intervalUs)),
    startTime: 0,
    endTime: samples.length * intervalUs,
  });
}
