/** @jsxImportSource hono/jsx */

/** Pages that are read are passed on to colleagues, so they lead to nobody's settings: whoever wants theirs has a link sent to their own address. */
export const ReadingFooter = ({ newLink }: { newLink: string }) => (
  <footer>
    This link is yours. Whoever you pass it on to reads what you may read, for as long as you get mail of it. To choose what you get,{' '}
    <a href={newLink}>have your link sent to you</a>.
  </footer>
);
