import type { TakenPostmortem } from './take-postmortem.ts';

/** What the author is answered: what was stored or would be, and what they should know of it. */
export const answerOf = ({
  outcome,
  stored: { postmortem, revision },
  replaces,
  sections,
  recognised,
  missing,
  advice,
  warnings,
}: TakenPostmortem) => ({
  id: postmortem.id,
  revision,
  replaces,
  status: postmortem.status,
  severity: postmortem.severity,
  title: postmortem.title,
  sections,
  recognised,
  missing,
  ...(advice !== undefined && { advice }),
  ...(postmortem.restricted && { restricted: true }),
  warnings: [...(postmortem.restricted ? ['It is restricted: it is kept, and nobody is told of it.'] : []), ...warnings],
  outcome,
});

/** The same with a warning, if its text was garbled before it came. */
export const withGarbled = (taken: TakenPostmortem, text: string): TakenPostmortem =>
  text.includes('\uFFFD') ? { ...taken, warnings: [garbled, ...taken.warnings] } : taken;
const garbled = 'It has characters that could not be read (shown as \uFFFD): it was probably not saved in UTF-8.';
