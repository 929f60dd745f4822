/** @jsxImportSource hono/jsx */
import { template } from '../../../core/postmortem/template.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { document } from '../../shared/pages/shell.tsx';
import type { HomeDeps } from '../deps.ts';
import { authorPage } from '../guard.ts';
import { homePage } from '../shell.tsx';

/** The blank postmortem: to begin with, to look at, to download. */
export const templatePages = (deps: HomeDeps): PageRoute[] => [
  authorPage(deps, {
    path: '/template',
    get: async (visit) =>
      homePage({
        ...visit,
        title: 'Template',
        here: '/home/template',
        children: (
          <section class="panel">
            <h1>Template</h1>
            <p class="m">
              Afterword reads the headings of other templates too, and a text without any. On a command line: <code>afterword new</code>.
            </p>
            <div class="acts">
              <a class="button" href="/home/write?template">
                Begin with it
              </a>
              <a class="button soft" href="/home/template.md">
                Download
              </a>
            </div>
            <pre class="paste">{template}</pre>
          </section>
        ),
      }),
  }),
  authorPage(deps, {
    path: '/template.md',
    get: async () =>
      document(template, {
        'content-type': 'text/markdown; charset=utf-8',
        'content-disposition': 'attachment; filename="postmortem.md"',
      }),
  }),
];
