import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';

/** Stands right above a card that comes first, and says why it does. */
export const Reason = ({ sentence }: { sentence: string }) => (
  <p className="m" dir="auto" style={{ ...text.meta, margin: '0 0 4px' }}>
    {sentence}
  </p>
);
export const reasonText = (sentence: string): string => `${wrapped(sentence)}\n\n`;
