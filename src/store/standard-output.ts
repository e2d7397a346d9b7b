import { fstatSync, writeSync } from 'node:fs';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';

/**
 * Writes to stdout until all of it is written; whoever reads it may stop early, as `head` does.
 *
 * @throws OutpaceError STORE_FAILED, such as for a full disk; at once where stdout is a file
 */
export function writeToStdout(content: string | Uint8Array): Promise<void> {
  if (isWrittenLikeFile(process.stdout)) {
    writeFully(process.stdout.fd, Buffer.from(content));
    return Promise.resolve();
  }
  return new Promise((done, failed) => {
    process.stdout.write(content, (error) => {
      if (error && !isErrorCode(error, 'EPIPE') && !isErrorCode(error, 'ERR_STREAM_DESTROYED'))
        failed(notPrinted(error));
      else done();
    });
  });
}

function isWrittenLikeFile({ fd, isTTY }: NodeJS.WriteStream & { readonly fd: number }): boolean {
  if (isTTY) return false;
  const stats = fstatSync(fd);
  return stats.isFile() || stats.isCharacterDevice();
}

/** Node's own stream writes once to a file, and takes it for success that a disk had room for a part. */
function writeFully(descriptor: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  } catch (error) {
    throw notPrinted(error);
  }
}

function notPrinted(error: unknown): OutpaceError {
  return new OutpaceError('STORE_FAILED', `stdout cannot be written: ${messageOf(error)}`, { cause: error });
}
