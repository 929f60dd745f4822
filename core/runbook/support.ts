import type { Distribution } from '../distribution/distribution.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import { contactOf } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { type Audience, audiences, audienceWords, bannerOf } from '../stream/audience.ts';
import { audienceOf } from '../stream/stream.ts';
import { blocks, bullets, code, joined, listed, type Markdown, md } from './markdown.ts';
import { sentStreams } from './who.ts';

/**
 * What people who talk with customers may say, and where it stands. One part for each such
 * audience.
 */
export const whatSupportMaySay = (distribution: Distribution): Markdown =>
  blocks(
    ...audiences.filter(bannerOf).map((audience) => forAudience(audience, distribution)),
    md`An author writes it in the document, under ${code('## What to say')}, beside ${code('## What not to say')} and ${code('## Workaround')}. Nobody approves it.${noticeRulesOf(distribution) ? '' : ' Customers themselves get nothing from Afterword.'}`,
  );

function forAudience(audience: Audience, distribution: Distribution): Markdown {
  const { name, archive } = audienceWords(audience);
  const own = sentStreams(distribution).filter((stream) => audienceOf(stream) === audience);
  const channels = distribution.slack?.channels.filter((one) => one.audience === audience).map(({ channel }) => code(channel)) ?? [];
  const contact = contactOf(distribution, audience);
  if (own.length === 0 && channels.length === 0)
    return md`The file has no stream and no channel for ${name}: they are told nothing. They ask the team that owns the incident.`;
  const places = [
    ...own.map((stream) => md`the mail ${streamTitle(stream, distribution)}`),
    ...(channels.length === 0 ? [] : [md`Slack (${listed(channels)})`]),
    ...(own.length === 0 ? [] : [md`the ${archive.charAt(0).toLowerCase()}${archive.slice(1)} (${code(`/archive/${audience}`)})`]),
  ];
  return bullets([
    md`Only what stands under “Say”. The rest, the workaround too, is not for customers: no cause, no name.`,
    md`Where nothing stands under “Say”, nothing may be said yet: ask whom the postmortem names${contact === '' ? '' : md`, else ${contact}`}.`,
    md`It stands in ${listed(places)}.${own.length === 0 ? '' : ' The archive has the current text; a mail may be older.'}`,
    md`What was taken back may not be said any more.`,
    products(distribution),
  ]);
}

function products({ products: known = [] }: Distribution): Markdown | undefined {
  if (known.length === 0) return undefined;
  return md`Customers know the services as: ${joined(
    known.map(({ name, services }) => md`${name} (${joined(services, ', ')})`),
    '; ',
  )}. Mails and posts name any other service as engineers call it.`;
}
