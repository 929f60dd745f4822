/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import type { Realm } from '../../../core/stream/stream.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import { page } from '../../shared/pages/shell.tsx';

interface ExpiredLink {
  readonly title?: string;
  readonly words: string;
  /** It can be replaced with a press, by mail to the person who got it. */
  readonly mayRenew?: boolean;
  readonly realm?: Realm;
  /** What was typed into a form that came too late. */
  readonly typed?: readonly string[];
}

/** For a link that has expired. Somebody else may have it by now, so it shows nothing. */
export const expiredLinkPage = (
  whose: Distribution,
  { title = 'This link has expired', words, mayRenew = false, realm, typed = [] }: ExpiredLink,
): HttpAnswer =>
  page(
    {
      title,
      whose,
      ...(realm !== undefined && { realm }),
      children: (
        <section class="panel">
          <h1>{title}</h1>
          <p>{words}</p>
          {typed.length > 0 && (
            <label class="field">
              Nothing was changed. What you typed is here, so that you can copy it.
              <textarea class="prose" rows={Math.min(12, typed.length + 2)} dir="auto" readonly>
                {`\n${typed.join('\n')}`}
              </textarea>
            </label>
          )}
          {mayRenew && (
            <form method="post" class="acts">
              <button type="submit" name="press" value="new-link">
                Send me a new link
              </button>
            </form>
          )}
        </section>
      ),
    },
    410,
  );

/** Of links that act for one person. A mail brings a new one. */
export const renewable = {
  decisions: {
    words: 'Links to decide with are valid for seven days. We can send a new one to the reviewer who got this one.',
    mayRenew: true,
  },
  reminders: {
    words: 'Links of reminders are valid for thirty days. We can send a new one to the person who got this one.',
    mayRenew: true,
  },
  review: {
    words: 'Links to approve with are valid for seven days. We can send a new one to the approver who got this one.',
    mayRenew: true,
  },
} as const satisfies Record<string, ExpiredLink>;

/** The same whether or not one was mailed in the last ten minutes. */
export const newLinkMailedPage = (whose: Distribution): HttpAnswer =>
  page({
    title: 'Check your email',
    whose,
    children: (
      <section class="panel">
        <h1>Check your email</h1>
        <p role="status">
          A new link is on its way to the person who got the old one. It takes a minute or two. We send one in ten minutes.
        </p>
      </section>
    ),
  });
