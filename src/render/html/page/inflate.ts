/** Bytes that `zlib` deflated without a header, from base64. */
export async function inflate(base64: string): Promise<Uint8Array> {
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
