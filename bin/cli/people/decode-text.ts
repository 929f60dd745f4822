/**
 * Decodes the text of a file as office programs write it. It goes by the byte order mark. Without
 * one it takes UTF-16, if there are zero bytes next to plain letters, then UTF-8, and otherwise
 * Windows-1252, in which every byte is a character. `encoding` is the one used. `isGuess`: nothing
 * in the file names it.
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
 * Addresses, separators and line ends are plain letters in every file of people. In UTF-16 each has
 * a zero byte, which no other encoding has.
 */
function widthOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.subarray(0, 4096).entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  if (high + low === 0) return undefined;
  return low >= high ? 'utf-16le' : 'utf-16be';
}
