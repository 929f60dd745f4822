import type { Distribution } from '../distribution/distribution.ts';
import type { ConfiguredStream } from '../distribution/stream-rules.ts';
import { firstAid } from './first-aid.ts';
import { howTo } from './how-to.ts';
import { blocks, code, heading, joined, leftOut, Markdown, md } from './markdown.ts';
import { minuteByMinute } from './minute-by-minute.ts';
import { notConfigured } from './not-configured.ts';
import { whatPeopleAreRemindedOf } from './reminded.ts';
import { whatIsReviewed } from './reviewed.ts';
import { streamSections } from './streams.ts';
import { whatSupportMaySay } from './support.ts';
import { teamSections } from './teams.ts';
import { whatCustomersRead } from './told-to-customers.ts';
import { whereItGoes, whoSeesWhat } from './where-it-goes.ts';
import { whoDecides, whomToAsk } from './who-decides.ts';

/** A part of the runbook. Headings within its body are of depth three. */
export interface RunbookPart {
  readonly title: string;
  /** The fragment of its address where GitHub and GitLab show the file. */
  readonly anchor: string;
  /** Markdown. */
  readonly body: string;
}

/** The runbook in parts, for a page that has headings of its own. */
export function runbookParts(distribution: Distribution): RunbookPart[] {
  const parts: [title: string, body: Markdown][] = [
    ['If something wrong went out', firstAid(distribution)],
    ['Where a postmortem goes', whereItGoes(distribution)],
    ['Who sees what', whoSeesWhat(distribution)],
    ['Minute by minute', minuteByMinute(distribution)],
    ['What to do', howTo(distribution)],
    ['What support may say', whatSupportMaySay(distribution)],
    ['What customers read', whatCustomersRead(distribution)],
    ['What leadership reviews', whatIsReviewed(distribution)],
    ['What people are reminded of', whatPeopleAreRemindedOf(distribution)],
    ['Who decides', whoDecides(distribution)],
    ['Whom to ask', whomToAsk(distribution)],
    ['Teams', teamSections(distribution)],
    ['Streams', streamSections(distribution)],
    ['What is not configured', notConfigured(distribution)],
  ];
  return parts.map(([title, { source }]) => ({ title, anchor: anchorOf(title), body: source }));
}

/** How GitHub and GitLab name a heading: its letters, digits and hyphens. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

/**
 * How this organisation distributes its postmortems, as one page of Markdown. It depends on nothing
 * but the distribution file, so the same file gives the same bytes on any day, and a change of the
 * file changes the lines that speak of it (docs/adr/062).
 */
export function runbook(distribution: Distribution): string {
  const parts = runbookParts(distribution);
  const contents = parts.map(({ title, anchor }) => new Markdown(`[${md`${title}`.source}](#${anchor})`));
  return `${
    blocks(
      heading(1, md`Distribution runbook of ${distribution.organisation.name}`),
      md`Where a postmortem goes, when, who sees it, and how it is taken back. Made from the distribution file: change that file, not this page. ${code('afterword runbook --check FILE')} says whether a copy is that of the file in force.`,
      joined(contents, ' · '),
      ...parts.flatMap(({ title, body }) => [heading(2, title), new Markdown(body)]),
    ).source
  }\n`;
}

/**
 * The same file without anybody's address, for readers who may not see those. Who is named where
 * shows, and by how many.
 */
export function withoutAddresses(distribution: Distribution): Distribution {
  const hidden = (addresses: readonly string[] | undefined) => addresses?.map(() => leftOut);
  const block = ({ people, roles }: NonNullable<Distribution['operators']>) => ({ people: people.map(() => leftOut), roles });
  const offices = <T extends { readonly as: string }>(all: readonly T[]) => all.map((one) => ({ ...one, address: leftOut }));
  const unnamed = (settings: ConfiguredStream): ConfiguredStream => ({
    ...settings,
    ...('owner' in settings && { owner: leftOut }),
    ...(settings.approvers && { approvers: settings.approvers.map(() => ({ address: leftOut })) }),
    ...(settings.escalate && { escalate: settings.escalate.map(() => leftOut) }),
  });
  const { streams, teams, operators, authors, reviews } = distribution;
  const unowned = Object.entries(streams).map(([stream, settings]) => [stream, settings && unnamed(settings)]);
  return {
    ...distribution,
    streams: Object.fromEntries(unowned),
    teams: teams.map((team) => ({ ...team, leads: hidden(team.leads), deputies: hidden(team.deputies) })),
    ...(operators && { operators: block(operators) }),
    ...(authors && { authors: block(authors) }),
    ...(reviews && {
      reviews: {
        ...reviews,
        reviewers: offices(reviews.reviewers),
        ...(reviews.escalateTo && { escalateTo: offices(reviews.escalateTo) }),
      },
    }),
  };
}
