/** @jsxImportSource hono/jsx */

/**
 * Readers pass these pages on to colleagues, so the pages do not link to anybody's settings. People
 * who want their settings have a link sent to their own address.
 */
export const ReadingFooter = ({ newLink }: { newLink: string }) => (
  <footer>
    This link is personal. Anyone you send it to can read what you can read, for as long as you get these mails. To choose what you get,{' '}
    <a href={newLink}>ask for your own link</a>.
  </footer>
);
