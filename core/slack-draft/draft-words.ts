import type { ReadPostmortem } from '../postmortem/reading/reading.ts';
import type { Refused } from '../shared/errors.ts';
import type { DraftRequest } from './read-draft-request.ts';

/** The same whoever asks from wherever: it says nothing about which channels there are. */
export const notHereLines = [
  'Nothing was stored: no drafts are taken from this channel. An operator lists its id and the workspace under slack.drafts in the distribution file.',
];

export const helpLines = ({ by, hasFiles }: Pick<DraftRequest, 'by' | 'hasFiles'>): string[] => [
  ...(by === 'shortcut' ? [`Nothing was stored: this message has no text.${hasFiles ? ' Files are not read.' : ''}`] : []),
  'Write /postmortem and the text, or choose "Draft a postmortem" at a message. Afterword makes a draft of it and says what it found. Nobody is sent a draft.',
  'A title in the first line helps, then lines such as "Severity: SEV-2", "Services: checkout" and "Start: 2026-11-17 13:05 UTC", and headings in bold such as *Impact* and *Root cause*.',
];

export const tooLongLines = (most: number): string[] => [
  `Nothing was stored: the text has more than ${most} characters. Save it as a file and send it with: afterword publish FILE`,
];

export const changedSinceLines = (id: string): string[] => [
  `Nothing was stored: ${id} was made of this before, and somebody changed one of the two since. Change the draft itself, or take the text for another one.`,
];

export const refusedLines = ({ flaws }: Pick<Refused, 'flaws'>): string[] => [
  'Nothing was stored: some of it cannot be taken.',
  ...flaws.slice(0, mostLines).map(({ field, problem, remedy }) => short(`${field || 'The text'} ${problem}. ${remedy}`)),
];

/** What was recognised, what is missing, and how to publish it. */
export function draftLines(
  { postmortem, sections, missing, advice, warnings }: ReadPostmortem,
  {
    ask,
    isNew,
    severity,
    publicUrl,
  }: { readonly ask: DraftRequest; readonly isNew: boolean; readonly severity: string; readonly publicUrl: string },
): string[] {
  const { id, title, services, restricted } = postmortem;
  return [
    short(`${isNew ? 'Draft stored' : 'This draft stands already'}: ${title}`),
    short(`Severity: ${severity}. Services: ${services.join(', ') || 'none found'}. Sections: ${sections.join(', ') || 'none found'}.`),
    ...(missing.length > 0 ? [short(`Missing: ${missing.join(', ')}. ${advice ?? ''}`.trim())] : []),
    ...(restricted ? ['It says that it is restricted: nobody is told of it, also once it is published.'] : []),
    ...(ask.hasFiles ? ['Files of the message are not read.'] : []),
    ...warnings.slice(0, mostLines).map(short),
    `Nobody is sent a draft. Its id is ${id}. To publish it, open ${publicUrl}/home/write?from=${id} (operators, and authors whom it names), or save its text as ${id}.md: afterword publish ${id}.md`,
  ];
}

const mostLines = 5;
const longestLine = 600;
const short = (line: string): string =>
  line.length > longestLine ? `${line.slice(0, longestLine - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
