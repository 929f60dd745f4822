const width = 76;

/**
 * Wraps at 76 columns where words allow it. `indent` begins every line, `first` the first one.
 * Addresses stay whole.
 */
export function wrapText(text: string, { first = '', indent = '' }: { first?: string; indent?: string } = {}): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
