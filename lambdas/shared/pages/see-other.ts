import type { HttpAnswer } from '../http-answer.ts';
import { bareAnswer } from './shell.tsx';

/** Sends the browser to look at another page (303). `cookies` are lines of `Set-Cookie`. */
export const seeOther = (location: string, cookies: readonly string[] = []): HttpAnswer => ({
  ...bareAnswer(303, { location }),
  ...(cookies.length > 0 && { cookies: [...cookies] }),
});
