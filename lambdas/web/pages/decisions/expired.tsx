/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { page } from '../../../shared/pages/shell.tsx';
import { expiredLinkPage } from '../expired.tsx';

/** For a reviewer's link that has expired. */
export const expiredDecisionsPage = (whose: Distribution) =>
  expiredLinkPage(whose, {
    words: 'Links to decide with are valid for seven days. We can send a new one to the reviewer who got this one.',
    mayRenew: true,
  });

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
