import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { escapeHtml } from '../../../core/mail/fill-placeholders.ts';
import { withoutUnseen } from '../../../core/postmortem/hidden-characters.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import type { Instant } from '../../../core/shared/instant.ts';
import { audienceRows, bannerOf } from '../../../core/stream/audience.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { document } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { audienceNamed, linkToken, mayRead } from '../reader.ts';
import { notFound } from '../refusals.ts';
import { holderOf } from '../token-holder.ts';

const newest = 50;
const monthSeconds = 30 * 24 * 3600;

/**
 * The newest postmortems of the reader's audience as Atom (RFC 4287), for as long as they belong to
 * it. Its links change once a month, so that feed readers see no false news.
 */
export const feedPage = (deps: WebDeps): PageRoute => ({
  path: '/feed/{token}',
  async get({ params }) {
    const holder = await holderOf(params.token, 'feed', deps);
    const audience = holder?.kind === 'holder' ? audienceNamed(holder.claims.about) : undefined;
    const distribution = audience && (await deps.distribution());
    if (holder?.kind !== 'holder' || !audience || !distribution) return notFound(deps);
    if (!mayRead({ holder, audience }, distribution, deps)) return notFound(deps);

    const issuedAt = Math.floor(deps.now().getTime() / 1000 / monthSeconds) * monthSeconds;
    const base = `${deps.publicUrl}/r/${await linkToken('read', audience, holder, issuedAt, deps)}`;
    const entries = (await deps.archives.of(audience)).find({}).slice(0, newest);
    const labels = labelsOf(distribution);
    const banner = bannerOf(audience);
    const { heading } = audienceRows[audience];
    const self = `${deps.publicUrl}/feed/${params.token}`;
    const lines = [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      `<id>${xml(`urn:afterword:${audience}`)}</id>`,
      `<title>${xml(`${distribution.organisation.name}: ${heading.charAt(0).toLowerCase()}${heading.slice(1)}`)}</title>`,
      ...(banner ? [`<subtitle>${xml(banner)}</subtitle>`] : []),
      `<updated>${entries.map(changeOf).toSorted(byTime).at(-1) ?? '1970-01-01T00:00:00Z'}</updated>`,
      `<author><name>${xml(distribution.organisation.name)}</name></author>`,
      `<link rel="self" href="${xml(self)}"/>`,
      `<link rel="alternate" type="text/html" href="${xml(base)}"/>`,
      ...entries.map((entry) => entryOf(entry, base, labels[entry.severity])),
      '</feed>',
    ];
    return document(`${lines.join('\n')}\n`, { 'content-type': 'application/atom+xml; charset=utf-8' });
  },
});

/** Feed readers show an entry again when this changes. */
const changeOf = ({ publishedAt, updatedAt }: ListedEntry): Instant => updatedAt ?? publishedAt;
const byTime = (a: Instant, b: Instant): number => Date.parse(a) - Date.parse(b);

const entryOf = (entry: ListedEntry, base: string, label: string): string => {
  const { id, title, publishedAt, gist, services, tags } = entry;
  return [
    '<entry>',
    `<id>${xml(`urn:afterword:postmortem:${id}`)}</id>`,
    `<title>${xml(`${label}: ${title}`)}</title>`,
    `<published>${publishedAt}</published>`,
    `<updated>${changeOf(entry)}</updated>`,
    `<link rel="alternate" type="text/html" href="${xml(`${base}/${id}`)}"/>`,
    ...[...services, ...tags].map((name) => `<category term="${xml(name)}"/>`),
    `<summary>${xml(gist)}</summary>`,
    '</entry>',
  ].join('\n');
};

/** Leaves out characters that XML does not allow. */
const xml = (text: string) => escapeHtml(withoutUnseen(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
