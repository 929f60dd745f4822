const start = /data:image\\?\/[a-z0-9.+-]{1,40}(?:;[a-z0-9=_-]{1,60}){0,4};base64,/gi;
/**
 * Base64, with slashes that JSON may escape. In pieces, because a pattern cannot take it all at
 * once.
 */
const piece = /(?:[\w+/=%-]|\\\/){1,10000}/y;

/**
 * The same text without the bytes of the pictures in it. The place of each picture, its description
 * and the rest stay. Pictures are never shown, and one screenshot is larger than most postmortems.
 * Takes time in proportion to the length.
 */
export function withoutEmbeddedPictures(text: string): string {
  const kept: string[] = [];
  let from = 0;
  start.lastIndex = 0;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    kept.push(text.slice(from, found.index), 'data:,');
    piece.lastIndex = start.lastIndex;
    from = start.lastIndex;
    while (piece.test(text)) from = piece.lastIndex;
    start.lastIndex = from;
  }
  return kept.join('') + text.slice(from);
}
