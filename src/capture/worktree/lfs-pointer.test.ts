import { expect, test } from 'vitest';
import { parseLfsPointer } from './lfs-pointer.ts';

const OBJECT = '4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393';
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${OBJECT}\nsize 12345\n`;

test.each([
  { what: 'as the specification has it', text: POINTER },
  { what: 'with the address of its first version', text: POINTER.replace('git-lfs', 'hawser') },
  { what: 'checked out with the line ends of Windows', text: POINTER.replaceAll('\n', '\r\n') },
  { what: 'with an extension', text: POINTER.replace('oid', `ext-0-foo sha256:${OBJECT}\noid`) },
])('a pointer $what', ({ text }) => {
  expect(parseLfsPointer(text)).toEqual({ object: OBJECT, sizeBytes: 12345 });
});

test.each(['', 'version 1', POINTER.slice(0, 60), ` ${POINTER}`, POINTER.replace('size', 'sise')])(
  'no pointer: %j',
  (text) => {
    expect(parseLfsPointer(text)).toBeNull();
  },
);
