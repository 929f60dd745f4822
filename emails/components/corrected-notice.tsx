import { indented } from '../text-layout.ts';
import { severityColours } from '../theme.ts';

const words = 'Corrected since this was written; the page has it right.';
const { ground, ink } = severityColours.sev2;

/** Follows the line of a card whose text is no longer right. In the colours of a warning. */
export const CorrectedNotice = () => (
  <p className="sev2" style={{ margin: '0 0 9px', padding: '5px 10px', borderRadius: 6, background: ground, color: ink }}>
    {words}
  </p>
);
export const correctedNoticeText = `${indented(words)}\n\n`;
