import { Link } from 'react-email';
import { slots } from '../../core/mail/fragments.ts';
import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { untracked } from './footer.tsx';

const words = 'This mail does not show what you chose to leave out. You can';

/**
 * Stands after the last card for who left some out: a mail that says less than it could says so.
 */
export const LeftOut = () => (
  <p className="m" style={{ ...text.meta, margin: '8px 0 14px' }}>
    {words}{' '}
    <Link {...untracked} href={slots.preferences} style={text.link}>
      change that
    </Link>
    .
  </p>
);
export const leftOutText = `${wrapped(`${words} change that:`)}\n${slots.preferences}\n\n`;
