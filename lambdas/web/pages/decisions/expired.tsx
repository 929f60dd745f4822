/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { page } from '../../../shared/pages/shell.tsx';

/**
 * For a reviewer's link that has expired. Somebody else may have it by now, so the new one is
 * mailed and not shown.
 */
export const expiredDecisionsPage = (whose: Distribution) =>
  page(
    {
      title: 'This link has expired',
      whose,
      children: (
        <section class="panel">
          <h1>This link has expired</h1>
          <p>Links to decide with are valid for seven days. We can send a new one to the reviewer who got this one.</p>
          <form method="post" class="acts">
            <button type="submit" name="press" value="new-link">
              Send me a new link
            </button>
          </form>
        </section>
      ),
    },
    410,
  );

export const newDecisionsLinkPage = (whose: Distribution) =>
  page({
    title: 'Check your email',
    whose,
    children: (
      <section class="panel">
        <h1>Check your email</h1>
        <p role="status">
          A new link is on its way to the reviewer who got the old one. It takes a minute or two. We send one in ten minutes.
        </p>
      </section>
    ),
  });
