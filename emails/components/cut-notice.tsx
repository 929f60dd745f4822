import { Link } from 'react-email';
import { placeholders } from '../../core/mail/fragments.ts';
import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';

const words = 'The rest is shortened, so that no mail program cuts this mail off. Read all of it in the';

export const CutNotice = () => (
  <p className="m" style={{ ...text.meta, margin: '8px 0 14px' }}>
    {words}{' '}
    <Link href={placeholders.read} style={text.link}>
      full list
    </Link>
    .
  </p>
);
export const cutNoticeText = `${wrapped(`${words} full list:`)}\n${placeholders.read}\n\n`;
