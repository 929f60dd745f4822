import type { HttpAnswer } from '../http-answer.ts';
import type { PageRequest } from './page-route.ts';
import { bareAnswer } from './shell.tsx';

/** Sends the browser to look at another page (303). `cookies` are lines of `Set-Cookie`. */
export const seeOther = (location: string, cookies: readonly string[] = []): HttpAnswer => ({
  ...bareAnswer(303, { location }),
  ...(cookies.length > 0 && { cookies: [...cookies] }),
});

/** Sends the browser to the same page at the host that our cookies are of. */
export const atOurHost = ({ path }: Pick<PageRequest, 'path'>, { publicUrl }: { readonly publicUrl: string }): HttpAnswer =>
  seeOther(new URL(`${publicUrl}${path}`).href);
