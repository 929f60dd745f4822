/**
 * The fence of the code block that is open after a line, given the fence open before it. Empty
 * outside code. A fence that is never closed runs to the end of the text, as in CommonMark.
 */
export function fenceAfter(line: string, open: string): string {
  const fence = /^[ \t]{0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (fence?.[1] === undefined) return open;
  const info = fence[2] ?? '';
  if (open !== '') return fence[1].startsWith(open) && info.trim() === '' ? '' : open;
  return fence[1].startsWith('`') && info.includes('`') ? '' : fence[1];
}

/**
 * Removes HTML comments, which are invisible where the text was written. Comments in code stay, and
 * so does one that is never closed.
 */
export function withoutComments(markdown: string): string {
  let fence = '';
  let within = false;
  const kept: string[] = [];
  const lines = markdown.split('\n');
  const lastEnd = lines.findLastIndex((line) => line.includes('-->'));
  for (const [i, line] of lines.entries()) {
    if (!within) {
      const before = fence;
      fence = fenceAfter(line, fence);
      if (before !== '' || fence !== '') {
        kept.push(line);
        continue;
      }
    }
    const cut = cutComments(line, within, i < lastEnd);
    within = cut.within;
    if (cut.text.trim() !== '' || line.trim() === '') kept.push(cut.text);
  }
  return kept.join('\n');
}

/**
 * The text of one line outside comments. `closes`: a later line contains an end, so a comment may
 * begin here and continue.
 */
function cutComments(line: string, within: boolean, closes: boolean): { text: string; within: boolean } {
  let text = '';
  let ticks = 0;
  for (let at = 0; ; ) {
    if (within) {
      const end = line.indexOf('-->', at);
      if (end < 0) return { text, within };
      at = end + 3;
      within = false;
    }
    const start = line.indexOf('<!--', at);
    ticks += line.slice(at, Math.max(start, at)).split('`').length - 1;
    if (start < 0 || ticks % 2 === 1) return { text: text + line.slice(at), within };
    if (line.indexOf('-->', start + 4) < 0 && !closes) return { text: text + line.slice(at), within };
    text += line.slice(at, start);
    at = start + 4;
    within = true;
  }
}
