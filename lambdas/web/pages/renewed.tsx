/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { page } from '../shell.tsx';

/** After older links were made invalid, this page's own among them. */
export const renewedPage = ({ organisation }: Distribution, link: string) =>
  page({
    title: 'Your older links are invalid',
    organisation: organisation.name,
    children: (
      <section class="panel">
        <h1>Your older links are invalid</h1>
        <p role="status">No link that you got before this moment works any more. Mails from now on have new ones.</p>
        <p class="acts">
          <a class="button" href={link}>
            Back to what you get
          </a>
        </p>
      </section>
    ),
  });
