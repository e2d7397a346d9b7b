import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRecording } from './encode.ts';
import type { PageRecording, PageThread } from './model.ts';
import { decodeRecording } from './page/decode.ts';

const deflate = (bytes: Uint8Array) => deflateRawSync(bytes).toString('base64');
const inflate = async (base64: string) => new Uint8Array(inflateRawSync(Buffer.from(base64, 'base64')));

/** A thread of any tree, and samples at any microsecond. */
const threads: fc.Arbitrary<PageThread> = fc
  .record({
    parents: fc.array(fc.nat(), { maxLength: 30 }),
    samples: fc.array(fc.record({ node: fc.nat(), afterUs: fc.nat(5_000_000) }), { maxLength: 50 }),
    name: fc.string(),
    lastUs: fc.nat(1000),
    cpuMs: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  })
  .map(({ parents, samples, name, lastUs, cpuMs }) => {
    const nodeParents = Int32Array.from([-1, ...parents.map((above, index) => above % (index + 1))]);
    let atUs = 0;
    const startUs = samples.map(({ afterUs }) => {
      atUs += afterUs;
      return atUs;
    });
    return {
      ...{ name, cpuMs, startMs: 0, endMs: (atUs + lastUs) / 1000, waitingMs: null },
      nodeParents,
      nodeFrames: nodeParents.map((_, node) => (node * 7) % 5),
      sampleNodes: Int32Array.from(samples, ({ node }) => node % nodeParents.length),
      sampleStartMs: Float64Array.from(startUs, (us) => us / 1000),
      lastSampleEndMs: (atUs + lastUs) / 1000,
    };
  });

test('a recording comes back as it was, to the microsecond', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(threads, { maxLength: 3 }), async (all) => {
      const recording: PageRecording = {
        runMs: 12.5,
        frames: [
          {
            name: '</script>',
            file: '\u2028',
            line: 1,
            column: 2,
            origin: 'own files',
            engine: false,
            row: -1,
          },
        ],
        threads: all,
      };
      expect(await decodeRecording(encodeRecording(recording, deflate), inflate)).toEqual(recording);
    }),
    { numRuns: 50 },
  );
});

test('one that is cut short is an error', async () => {
  const recording: PageRecording = { runMs: 1, frames: [], threads: [] };
  const encoded = encodeRecording(recording, deflate);
  const thread = { name: 'main', startMs: 0, endMs: 1, cpuMs: null, waitingMs: null, nodes: 2, samples: 9 };
  const cut = { ...encoded, threads: [{ ...thread, columns: deflate(Uint8Array.from([0, 0])) }] };
  await expect(decodeRecording(cut, inflate)).rejects.toThrow('ends too early');
});
