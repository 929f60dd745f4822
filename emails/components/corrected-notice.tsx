import { indented } from '../text-layout.ts';

const words = 'Corrected since this was written; the page has it right.';

/** Follows the line of a card whose text is no longer right. */
export const CorrectedNotice = () => (
  <p className="m" style={{ margin: '-6px 0 12px' }}>
    {words}
  </p>
);
export const correctedNoticeText = `${indented(words)}\n\n`;
