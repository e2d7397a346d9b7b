import fs from 'node:fs';
import { collected, eachOf, exitProcess, jsonOf } from './captured.ts';
import type { ChildMessage, RunRequest } from './messages.ts';

/**
 * The socket to the parent: one request comes in, and messages go out, each a line of JSON. It is not an IPC channel, so
 * the implementation finds no parent to talk to, and Node itself sends nothing on it (as it does with `--watch`).
 */
export const PARENT_FD = 3;
const READ_BYTES = 65_536;

// Kept before the implementation is loaded, which may replace them.
const { fstatSync, readSync, writeSync } = fs;
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
const bytesOf = Buffer.from;

let lineStart = '';
const socketNumber = fstatSync(PARENT_FD).ino;

/** Waits for the parent's one request. */
export function receiveRequest(): RunRequest {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(READ_BYTES);
    const sizeBytes = readSync(PARENT_FD, part);
    // The parent is gone.
    if (sizeBytes === 0) exitProcess(1);
    const end = part.subarray(0, sizeBytes).indexOf('\n');
    parts.push(part.subarray(0, end < 0 ? sizeBytes : end));
    if (end < 0) continue;
    const request = parseRequest(Buffer.concat(parts).toString());
    lineStart = request.lineStart;
    return request;
  }
}

/** The inverse of `requestLine`. Loading node:v8 takes a hundredth of the whole process, and few inputs need it. */
function parseRequest(line: string): RunRequest {
  if (line.startsWith('{')) return JSON.parse(line);
  return process.getBuiltinModule('node:v8').deserialize(Buffer.from(line, 'base64'));
}

/** In place, so that nothing is left to wait for, and from an `exit` handler as well. */
export function send(message: ChildMessage): void {
  if (!isOurSocket()) {
    writeSync(
      2,
      `outpace: file descriptor ${PARENT_FD}, on which this process reports, was closed or replaced\n`,
    );
    exitProcess(1);
  }
  // On a line of its own, whatever the implementation may have written there.
  const bytes = bytesOf(`\n${lineStart}${plainJsonOf(message)}\n`);
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(PARENT_FD, bytes, at);
}

/** An implementation that closes all descriptors may have a file of its own there by now. */
function isOurSocket(): boolean {
  try {
    return fstatSync(PARENT_FD).ino === socketNumber;
  } catch {
    return false;
  }
}

const MAY_HAVE_TO_JSON = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
];

/** An implementation may have taught its values to write themselves otherwise, and ours with them. */
function plainJsonOf(message: ChildMessage): string {
  const taught = collected(MAY_HAVE_TO_JSON, (prototype) => {
    const property = getOwnPropertyDescriptor(prototype, 'toJSON');
    return property === undefined ? null : { prototype, property };
  });
  eachOf(taught, ({ prototype }) => void deleteProperty(prototype, 'toJSON'));
  try {
    return jsonOf(message);
  } finally {
    eachOf(taught, ({ prototype, property }) => void defineProperty(prototype, 'toJSON', property));
  }
}
