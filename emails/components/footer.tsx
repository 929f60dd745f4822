import { Link } from 'react-email';
import { honeypotPage } from '../../core/feedback/page-views.ts';
import { placeholders } from '../../core/mail/fragments.ts';
import { wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';

/** Links with a reader's own token must not go through SES's click tracking. */
export const untracked = { 'ses:no-track': '' };
const locked = 'You cannot unsubscribe: it has to reach everybody who is responsible for a service.';

/** Why this person gets this mail, and how to get less, more or none of it. */
export const Footer = ({ mandatory }: { mandatory: boolean }) => (
  <>
    {placeholders.why} {mandatory && `${locked} `}
    <Link {...untracked} href={placeholders.preferences} style={text.link}>
      Choose what you get
    </Link>
    {!mandatory && (
      <>
        {' · '}
        <Link {...untracked} href={placeholders.unsubscribe} style={text.link}>
          Unsubscribe
        </Link>
      </>
    )}
    {' · '}
    <Link {...untracked} href={placeholders.view} style={text.link}>
      View in browser
    </Link>
    <Trap />
  </>
);

/**
 * A link that people do not see and programs follow. Visits to it are counted as a machine. It has
 * no text, so no text is hidden.
 */
const Trap = () => <Link {...untracked} href={`${placeholders.read}/${honeypotPage}`} style={{ display: 'none' }} />;

export const footerText = (mandatory: boolean): string =>
  [
    `-- \n${placeholders.why}${mandatory ? `\n${wrapped(locked)}` : ''}\n`,
    `Choose what you get: ${placeholders.preferences}`,
    ...(mandatory ? [] : [`Unsubscribe: ${placeholders.unsubscribe}`]),
    `View in browser: ${placeholders.view}\n`,
  ].join('\n');
