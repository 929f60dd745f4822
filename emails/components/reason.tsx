import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';

/** Stands right above a card that comes first, and says why it does. */
export const Reason = ({ name }: { name: string }) => (
  <p className="m" dir="auto" style={{ ...text.meta, margin: '0 0 4px' }}>
    {`You follow ${name}.`}
  </p>
);
export const reasonText = (name: string): string => `${wrapped(`You follow ${name}.`)}\n\n`;
