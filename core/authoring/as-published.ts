/**
 * The text of a draft with the line that makes it one saying `published`: in front matter or JSON,
 * or a line such as `**Status:** Draft`. Undefined if there is no such line, or more than one.
 */
export function asPublished(text: string): string | undefined {
  const lines = [...text.matchAll(saysDraft)];
  const [found] = lines;
  if (lines.length !== 1 || found?.[1] === undefined) return undefined;
  const at = found.index + found[1].length;
  return `${text.slice(0, at)}published${text.slice(at + 'draft'.length)}`;
}

/** The line, counted from 1, that makes a text a draft. Undefined as above. */
export function draftLine(text: string): number | undefined {
  const [found, ...more] = [...text.matchAll(saysDraft)];
  return found === undefined || more.length > 0 ? undefined : text.slice(0, found.index).split(/\r\n?|\n/).length;
}

const saysDraft =
  /^([ \t]*[-*]*[ \t]*(?:["'*_]{0,3})status(?:["'*_]{0,3})[ \t]*:[ \t]*(?:["'*_]{0,3})[ \t]*)draft(?=["'*_]{0,3}[ \t]*,?[ \t]*(?:#[^\n\r]*)?\r?$)/gim;
