/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';

/**
 * Shown after older links, including the one to this page, were made invalid. Without a link, one
 * is mailed.
 */
export const renewedPage = (whose: Distribution, link: string | undefined, { realm }: Pick<WebDeps, 'realm'>) =>
  page({
    title: 'Your older links are invalid',
    whose,
    realm,
    children: (
      <section class="panel">
        <h1>Your older links are invalid</h1>
        <p role="status">
          No link that you got before now works any more. New mails have new links.
          {realm === 'staff' && ' You are signed out everywhere, and your feeds have ended.'}
        </p>
        {link === undefined ? (
          <p>A new link is on its way to your own address.</p>
        ) : (
          <p class="acts">
            <a class="button" href={link}>
              Back to what you get
            </a>
          </p>
        )}
      </section>
    ),
  });
