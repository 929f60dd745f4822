/** @jsxImportSource hono/jsx */
import { runbook, runbookParts } from '../../../core/runbook/runbook.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { document } from '../../shared/pages/shell.tsx';
import { Markdown } from '../../shared/postmortem/markdown.tsx';
import type { HomeDeps } from '../deps.ts';
import { authorPage } from '../guard.ts';
import { homePage } from '../shell.tsx';

/** The runbook of the file in force, with the addresses of those whom it names. */
export const runbookPages = (deps: HomeDeps): PageRoute[] => [
  authorPage(deps, {
    path: '/runbook',
    get: async (visit) => {
      const parts = runbookParts(visit.distribution);
      return homePage({
        ...visit,
        title: 'Runbook',
        here: '/home/runbook',
        children: (
          <>
            <h1>Runbook</h1>
            <p class="m">
              Where a postmortem goes, when, who sees it, and how it is taken back. Made from the file in force. On a command line:{' '}
              <code>afterword runbook</code>.
            </p>
            <p class="acts">
              <a class="button soft" href="/home/runbook.md">
                Download
              </a>
            </p>
            <nav aria-label="Parts of this page">
              <ul class="chips">
                {parts.map(({ title, anchor }) => (
                  <li>
                    <a class="chip" href={`#${anchor}`}>
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            {parts.map(({ title, anchor, body }) => (
              <section class="panel" id={anchor} aria-labelledby={`title-${anchor}`}>
                <h2 id={`title-${anchor}`}>{title}</h2>
                <div class="doc">
                  <Markdown text={body} />
                </div>
              </section>
            ))}
          </>
        ),
      });
    },
  }),
  authorPage(deps, {
    path: '/runbook.md',
    get: async ({ distribution }) =>
      document(runbook(distribution), {
        'content-type': 'text/markdown; charset=utf-8',
        'content-disposition': 'attachment; filename="runbook.md"',
      }),
  }),
];
