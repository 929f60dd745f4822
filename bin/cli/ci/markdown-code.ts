import { withoutUnseen } from '../../../core/postmortem/hidden-characters.ts';
import { cut } from '../../../core/shared/text.ts';
import { printableLine } from '../printable.ts';

/** Joins words and shows nothing. Behind these signs no address begins any more. */
const wordJoiner = '\u2060';
const beginsAddress = /@|:(?=\/\/)|www(?=\.)/gi;

/**
 * Text from elsewhere as code in a comment, on one line. In code neither GitHub nor GitLab mentions
 * people, links issues and commits or runs commands. Every ASCII sign is a character reference, so
 * that none of them ends the code, a cell of a table or the line. Addresses are no links.
 */
export function markdownCode(text: string, most = 200): string {
  const line = printableLine(withoutUnseen(text));
  const shown = line.length > most ? `${cut(line, most)}…` : line;
  return `<code>${shown.replace(beginsAddress, (sign) => sign + wordJoiner).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}
