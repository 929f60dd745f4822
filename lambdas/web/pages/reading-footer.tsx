/** @jsxImportSource hono/jsx */

/**
 * Readers pass these pages on to colleagues, so the pages do not link to anybody's settings. People
 * who want their settings have a link sent to their own address.
 */
export const ReadingFooter = ({ newLink }: { newLink: string }) => (
  <footer>
    This link is of one mail. Anyone you send it to can read the postmortems in that mail, and no others, for as long as you get these
    mails. To read others, <a href="/archive">sign in to the archive</a>. To choose what you get,{' '}
    <a href={newLink}>ask for your own link</a>.
  </footer>
);

/** For the page behind the link of a post in Slack. `channel`: without the `#`. */
export const PostedFooter = ({ channel }: { channel: string | undefined }) => (
  <footer>
    You read this with a link from {channel === undefined ? 'a channel in Slack' : `#${channel}`}. Whoever has the link can read it. It
    shows this postmortem as it stands now, and no others.
  </footer>
);

/** For pages that a session opens. */
export const ArchiveFooter = () => (
  <footer>
    You are signed in. Anyone you send this address to signs in for themselves, and reads what their own mails are about.{' '}
    <a href="/feeds">Get a feed</a> · <a href="/sessions">Where you are signed in</a> · <a href="/">Start</a>
  </footer>
);
