/** @jsxImportSource hono/jsx */
import type { Owner } from '../../../core/distribution/brand.ts';
import type { Realm } from '../../../core/stream/stream.ts';
import type { HttpAnswer } from '../http-answer.ts';
import { page } from './shell.tsx';

export interface Refusal {
  readonly heading: string;
  readonly texts: readonly string[];
  /** What the visitor can do about it. */
  readonly way?: { readonly href: string; readonly words: string };
  /** Whose page it is. Absent where visitors must not learn it. */
  readonly whose?: Owner;
  readonly realm?: Realm;
}

/** A page that says why there is nothing, or why nothing was changed, and what to do. */
export const refusal = (status: number, { heading, texts, way, ...whose }: Refusal): HttpAnswer =>
  page(
    {
      title: heading,
      ...whose,
      children: (
        <section class="panel">
          <h1>{heading}</h1>
          {texts.map((text) => (
            <p>{text}</p>
          ))}
          {way && (
            <p class="acts">
              <a class="button" href={way.href}>
                {way.words}
              </a>
            </p>
          )}
        </section>
      ),
    },
    status,
  );

const pressRefused = (status: number, heading: string, text: string) => refusal(status, { heading, texts: [text] });

export const notUnderstood = () =>
  pressRefused(400, 'We could not read that', 'Nothing was changed. Go back, reload the page and press again.');
export const fromElsewhere = () =>
  pressRefused(403, 'That came from another website', 'Nothing was changed. Open the link in your mail and press there.');
export const tooMuch = () => pressRefused(413, 'That was too much at once', 'Nothing was changed. Choose less at a time.');
export const tooOften = () => pressRefused(429, 'That was too often', 'Nothing was changed. Wait a minute and try again.');
export const ourFault = () =>
  pressRefused(
    500,
    'Something went wrong',
    'This is our fault, and we have been told. Try again in a minute. It is safe to press the same button again.',
  );
