import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { inject } from 'vitest';

interface Parsers {
  readonly parseAction: typeof import('@actions/workflow-parser/actions/action-parser').parseAction;
  readonly parseWorkflow: typeof import('@actions/workflow-parser').parseWorkflow;
  readonly NoOperationTraceWriter: typeof import('@actions/workflow-parser').NoOperationTraceWriter;
}

/** What GitHub's own parser finds wrong with an action or a workflow. */
export async function githubParser() {
  const { parseAction, parseWorkflow, NoOperationTraceWriter } = await bundled();
  const trace = new NoOperationTraceWriter();
  const errorsOf = ({ context }: ReturnType<typeof parseAction>) => context.errors.getErrors().map(String);
  return {
    actionErrors: (content: string) => errorsOf(parseAction({ name: 'action.yml', content }, trace)),
    workflowErrors: (content: string) => errorsOf(parseWorkflow({ name: 'workflow.yml', content }, trace)),
  };
}

/** It imports JSON as bundlers take it, and Node does not. */
async function bundled(): Promise<Parsers> {
  const outfile = join(await mkdtemp(join(inject('scratchFolder'), 'parser-')), 'parser.mjs');
  await build({
    stdin: {
      contents: `
        export { parseAction } from '@actions/workflow-parser/actions/action-parser';
        export { parseWorkflow, NoOperationTraceWriter } from '@actions/workflow-parser';`,
      resolveDir: import.meta.dirname,
    },
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    // The package yaml is CommonJS, which asks for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return import(pathToFileURL(outfile).href);
}
