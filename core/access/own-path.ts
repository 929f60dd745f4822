/** The pages that somebody may be sent on to after they signed in. */
const pages = ['/archive', '/home', '/sessions', '/feeds', '/preferences'] as const;
const longest = 1000;

/**
 * Where to go on after signing in, if it is a page of ours that needs a session: its path and query
 * as a browser would read them. Undefined for everything else: an address elsewhere however it is
 * written, a page that changes something, a link with a token.
 */
export function ownPath(text: string | null | undefined): string | undefined {
  if (!text?.startsWith('/') || text.length > longest) return undefined;
  const read = URL.parse(text, ours);
  if (read?.origin !== ours || read.username !== '') return undefined;
  return pages.some((page) => read.pathname === page || read.pathname.startsWith(`${page}/`))
    ? `${read.pathname}${read.search}`
    : undefined;
}

const ours = 'https://ours.invalid';
