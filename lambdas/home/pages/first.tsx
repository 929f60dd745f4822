/** @jsxImportSource hono/jsx */
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { authorPage } from '../guard.ts';
import { homePage } from '../shell.tsx';

/** Where operators and authors begin. */
export const firstPage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '',
    get: async (visit) =>
      homePage({
        ...visit,
        title: 'Home',
        here: '/home',
        children: (
          <>
            <h1>Home</h1>
            <p>You are signed in as {visit.signed.profile.address}.</p>
          </>
        ),
      }),
  });
