import { Button, Link } from 'react-email';
import { placeholders } from '../../core/mail/fragments.ts';
import { text } from '../theme.ts';

/** The address for reading a postmortem. The part before its id is the reader's own. */
export const readUrl = (postmortem: string): string => `${placeholders.read}/${postmortem}`;

/** The address where a reviewer decides, and where everybody else reads the postmortem. */
export const decideUrl = (postmortem: string): string => `${placeholders.decide}/${postmortem}`;

/** `words`: of the link, where it leads to more than one postmortem. */
export const ReadLink = ({ postmortem, words = 'Read the postmortem' }: { postmortem: string; words?: string }) => (
  <p style={{ margin: '16px 0 0' }}>
    <Link href={readUrl(postmortem)} style={text.action}>
      {words} →
    </Link>
  </p>
);

/** For a mail about one postmortem. */
export const ReadButton = ({ postmortem }: { postmortem: string }) => (
  <p style={{ margin: '18px 0 0' }}>
    <Button href={readUrl(postmortem)} className="button" style={text.button}>
      Read the postmortem
    </Button>
  </p>
);

export const readText = (postmortem: string): string => `Read the postmortem:\n${readUrl(postmortem)}`;
