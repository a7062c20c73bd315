// CRC-32 (ISO 3309, as zlib's): enough to tell one's own sound from somebody else's.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** Of the samples as they lie in memory and on the server's disk (little-endian). */
export function crc32(pcm) {
  let sum = 0xffffffff;
  for (const byte of new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength)) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
