import type { MailReader } from '../../core/mail/assemble.ts';
import type { Block, EditionFragments, Fragment, placeholders } from '../../core/mail/fragments.ts';

/** The same words in both parts, in different marks, so that a test can tell the parts apart. */
export const aFragment = (said: string): Fragment => ({ html: `<${said}>`, text: `(${said})` });

export const aCard = (postmortem: string, fields: Partial<Extract<Block, { kind: 'card' }>> = {}): Block => ({
  kind: 'card',
  section: 'fresh',
  postmortem,
  usual: 'card',
  card: aFragment(`card ${postmortem}`),
  line: aFragment(`line ${postmortem}`),
  ...fields,
});

export const anEdition = (blocks: Block[], fields: Partial<EditionFragments> = {}): EditionFragments => ({
  subject: 'Subject',
  head: aFragment('head'),
  blocks,
  lines: { open: aFragment('lines'), close: aFragment('/lines') },
  cutNotice: aFragment('cut'),
  foot: aFragment('foot'),
  ...fields,
});

export const aReader = (
  fields: { withheld?: string[]; placeholders?: Partial<Record<keyof typeof placeholders, string>> } = {},
): MailReader => ({
  placeholders: {
    read: 'https://x.example/read/t',
    preferences: 'https://x.example/preferences/t',
    unsubscribe: 'https://x.example/unsubscribe/t',
    view: 'https://x.example/view/t',
    why: 'Because.',
    tracker: '{{ses:openTracker}}',
    ...fields.placeholders,
  },
  withheld: new Set(fields.withheld),
});
