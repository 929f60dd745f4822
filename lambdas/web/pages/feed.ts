import type { Distribution } from '../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { audiencesOf } from '../../../core/preferences/audiences-of.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { type Audience, audienceRows, bannerOf } from '../../../core/stream/audience.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import { holderOfText } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { type AtomEntry, atom } from '../atom.ts';
import type { WebDeps } from '../deps.ts';
import { archivePath } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { holderOf } from '../token-holder.ts';

const newest = 50;

/** What stands before the secret in the address of a feed. */
const version = 'f1.';
/** The address of the feed of one archive. `text` is that of the stored feed. */
export const feedAddress = (publicUrl: string, text: string, audience: Audience): string =>
  `${publicUrl}/feed/${version}${text}?audience=${audience}`;

/**
 * The newest postmortems of one archive as Atom (RFC 4287), while its holder belongs to it. Its
 * links lead to the archive, which needs a session.
 */
export const feedPage = (deps: WebDeps): PageRoute => ({
  path: '/feed/{token}',
  async get({ params: { token = '' }, query }) {
    if (!token.startsWith(version)) return oldFeed(token, deps);
    const text = token.slice(version.length);
    const holder = await holderOfText('feed', text, deps);
    const distribution = holder && (await deps.distribution());
    if (!holder || !distribution) return notFound(deps);
    const theirs = audiencesOf(holder.profile, distribution, deps.now());
    const audience = theirs.find((one) => one === query.get('audience'));
    return audience ? feedOf(audience, feedAddress(deps.publicUrl, text, audience), distribution, deps) : notFound(deps);
  },
});

async function feedOf(audience: Audience, self: string, distribution: Distribution, deps: WebDeps): Promise<HttpAnswer> {
  const base = `${deps.publicUrl}${archivePath(audience)}`;
  const labels = labelsOf(distribution);
  const { heading } = audienceRows[audience];
  const entries = (await deps.archives.of(audience)).find({}).slice(0, newest);
  return atom({
    id: `urn:afterword:${audience}`,
    title: `${distribution.organisation.name}: ${heading.charAt(0).toLowerCase()}${heading.slice(1)}`,
    subtitle: bannerOf(audience),
    author: distribution.organisation.name,
    self,
    alternate: base,
    entries: entries.map((entry) => entryOf(entry, base, labels[entry.severity])),
  });
}

const entryOf = ({ id, title, publishedAt, updatedAt, gist, services, tags }: ListedEntry, base: string, label: string): AtomEntry => ({
  id: `urn:afterword:postmortem:${id}`,
  title: `${label}: ${title}`,
  published: publishedAt,
  updated: updatedAt ?? publishedAt,
  href: `${base}/${id}`,
  categories: [...services, ...tags],
  summary: gist,
});

/** When feeds moved. It does not change, so that programs show the entry once. */
const movedAt = '2026-12-01T00:00:00Z';

/** What the address of a feed of an earlier release has: one entry, with what to do. */
async function oldFeed(token: string, deps: WebDeps): Promise<HttpAnswer> {
  const holder = await holderOf(token, 'feed', deps);
  const distribution = holder?.kind === 'holder' ? await deps.distribution() : undefined;
  if (!distribution) return notFound(deps);
  const feeds = `${deps.publicUrl}/feeds`;
  return atom({
    id: 'urn:afterword:moved',
    title: `${distribution.organisation.name}: this feed has moved`,
    author: distribution.organisation.name,
    self: `${deps.publicUrl}/feed/${token}`,
    alternate: feeds,
    entries: [
      {
        id: 'urn:afterword:moved:entry',
        title: 'This feed has moved: get a new address',
        published: movedAt,
        updated: movedAt,
        href: feeds,
        categories: [],
        summary: `This address shows no postmortems any more. Sign in at ${feeds} and get a new one, which only you can read and end.`,
      },
    ],
  });
}
