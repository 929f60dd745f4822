import { Link } from 'react-email';
import { placeholders } from '../../core/mail/fragments.ts';
import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { untracked } from './footer.tsx';

const words = 'This mail does not show what you chose to leave out. You can';

/**
 * Follows the last card if the reader left some out, because a mail that leaves something out
 * should say so.
 */
export const LeftOut = () => (
  <p className="m" style={{ ...text.meta, margin: '8px 0 14px' }}>
    {words}{' '}
    <Link {...untracked} href={placeholders.preferences} style={text.link}>
      change that
    </Link>
    .
  </p>
);
export const leftOutText = `${wrapped(`${words} change that:`)}\n${placeholders.preferences}\n\n`;
