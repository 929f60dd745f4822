/** @jsxImportSource hono/jsx */

/**
 * Pages that are read are passed on to colleagues, so they lead to nobody's settings: whoever wants
 * theirs has a link sent to their own address.
 */
export const ReadingFooter = ({ newLink }: { newLink: string }) => (
  <footer>
    This link is personal. Anyone you send it to can read what you can read, for as long as you get these mails. To choose what you get,{' '}
    <a href={newLink}>ask for your own link</a>.
  </footer>
);
