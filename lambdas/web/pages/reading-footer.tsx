/** @jsxImportSource hono/jsx */

/** Pages that are read are passed on to colleagues, so they lead to nobody's settings: whoever wants theirs has a link sent to their own address. */
export const ReadingFooter = ({ newLink }: { newLink: string }) => (
  <footer>
    This address is yours: what it shows is what you may read. To choose what you get by mail,{' '}
    <a href={newLink}>have your link sent to you</a>.
  </footer>
);
