/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { HomeRights } from '../../core/access/home-rights.ts';
import { shortNameFor } from '../../core/distribution/brand.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { isPackOffered } from '../../core/pack/is-pack-offered.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { Proof } from '../shared/pages/proof.tsx';
import { page } from '../shared/pages/shell.tsx';
import type { Visit } from './guard.ts';

export { Proof };

/** A place of the navigation. Pages of `people` and `authors` add theirs. */
interface Place {
  readonly href: string;
  readonly words: string;
}
const forOperators: readonly Place[] = [
  { href: '/home', words: 'Editions' },
  { href: '/home/lanes', words: 'Lanes' },
  { href: '/home/people', words: 'People' },
  { href: '/home/postmortems', words: 'Postmortems' },
  { href: '/home/reviews', words: 'Reviews' },
  { href: '/home/notices', words: 'Notices' },
  { href: '/home/in-force', words: 'In force' },
  { href: '/home/drift', words: 'Drift' },
  { href: '/home/audit', words: 'Audit' },
  { href: '/home/reach', words: 'Reach' },
];
const forAuthors: readonly Place[] = [
  { href: '/home/write', words: 'Write' },
  { href: '/home/mine', words: 'Mine' },
  { href: '/home/actions', words: 'Actions' },
  { href: '/archive', words: 'Archive' },
  { href: '/home/template', words: 'Template' },
  { href: '/home/runbook', words: 'Runbook' },
];

const forStaff: readonly Place[] = [{ href: '/home/pack', words: 'Pack' }];

const placesFor = ({ isOperator, isAuthor, isStaff }: HomeRights, distribution: Distribution): readonly Place[] => [
  ...(isOperator ? forOperators : []),
  ...(isAuthor ? forAuthors : []),
  ...(isStaff && isPackOffered(distribution) ? forStaff : []),
];

export interface HomePageContent extends Pick<Visit, 'signed' | 'rights' | 'distribution'> {
  readonly title: string;
  /** The place of the navigation that the page belongs to. */
  readonly here?: string | undefined;
  readonly children: Child;
  readonly status?: number;
}

/** A page below `/home`, with the navigation of what this person may do. */
export const homePage = ({ title, here, signed, rights, distribution, children, status }: HomePageContent): HttpAnswer =>
  page(
    {
      title,
      whose: distribution,
      top: <Top {...{ here, signed, rights, distribution }} />,
      children,
    },
    status,
  );

const Top = ({ here, signed, rights, distribution }: Pick<HomePageContent, 'here' | 'signed' | 'rights' | 'distribution'>) => (
  <header class="top">
    <a class="skip" href="#main">
      Skip to the page
    </a>
    <div class="inner">
      <strong>{shortNameFor('staff', distribution)}</strong>
      <nav aria-label="Pages">
        <ul>
          {placesFor(rights, distribution).map(({ href, words }) => (
            <li>
              <a href={href} aria-current={href === here ? 'page' : undefined}>
                {words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form class="who" method="post" action="/sign-out">
        <Proof signed={signed} />
        <a href="/sessions">{signed.profile.address}</a>
        <button class="link" type="submit">
          Sign out
        </button>
      </form>
    </div>
  </header>
);
