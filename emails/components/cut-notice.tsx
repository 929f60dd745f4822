import { Link } from 'react-email';
import { slots } from '../../core/mail/fragments.ts';
import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';

const words = 'The rest comes in brief, so that no mail program cuts this mail off. All of it is in the';

export const CutNotice = () => (
  <p className="m" style={{ ...text.meta, margin: '8px 8px 14px' }}>
    {words}{' '}
    <Link href={slots.read} style={text.link}>
      archive
    </Link>
    .
  </p>
);
export const cutNoticeText = `${wrapped(`${words} archive:`)}\n${slots.read}\n\n`;
