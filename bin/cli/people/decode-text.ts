/**
 * Text of a file as office programs write it: by its byte order mark; UTF-16 without one, which has
 * zero bytes where plain letters stand; UTF-8; else Windows-1252, in which every byte is some
 * character. `encoding` says which was taken, `isGuess` that nothing in the file says so.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string; isGuess: boolean } {
  const taken = (encoding: string, isGuess: boolean) => ({ text: new TextDecoder(encoding).decode(bytes), encoding, isGuess });
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return taken('utf-16le', false);
  if (first === 0xfe && second === 0xff) return taken('utf-16be', false);
  const wide = widthOf(bytes);
  if (wide) return taken(wide, true);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', isGuess: false };
  } catch {
    return taken('windows-1252', true);
  }
}

/**
 * Addresses, separators and line ends are plain letters in every file of people: as UTF-16 each has
 * a zero byte, and no other encoding has any.
 */
function widthOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.subarray(0, 4096).entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  if (high + low === 0) return undefined;
  return low >= high ? 'utf-16le' : 'utf-16be';
}
