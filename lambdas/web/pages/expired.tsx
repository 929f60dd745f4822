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
}

/** For a link that has expired. Somebody else may have it by now, so it shows nothing. */
export const expiredLinkPage = (
  whose: Distribution,
  { title = 'This link has expired', words, mayRenew = false, realm }: ExpiredLink,
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
