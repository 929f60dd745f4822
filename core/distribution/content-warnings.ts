import { severities } from '../postmortem/postmortem.ts';
import type { Flaw } from '../shared/errors.ts';
import { ableAmong, type Known } from '../shared/persons.ts';
import { knownOf } from './approver-rules.ts';
import { correctionsOf } from './corrections.ts';
import { directoryWarnings } from './directory-warnings.ts';
import type { Distribution } from './distribution.ts';
import { unknownServices } from './known-names.ts';
import { noticeRulesOf } from './notice-rules.ts';
import { reviewRulesOf } from './review-rules.ts';

/**
 * Warns of what a file may say and hardly means: a product with a service that no team runs,
 * corrections that tell nothing, channels with letters that only look right, deadlines of reviews
 * that there are not, an approver whose name nothing says, approvers without a spare one, a mapping
 * of the directory that gives nothing known, and a holiday that stands twice or in a year long ago.
 */
export function contentWarnings(distribution: Distribution): Flaw[] {
  return [
    ...(distribution.products ?? []).flatMap((product, p) => serviceWarnings(product, p, distribution)),
    ...silenceWarnings(distribution),
    ...scriptWarnings(distribution),
    ...reviewWarnings(distribution),
    ...approverWarnings(distribution),
    ...spareWarnings(distribution),
    ...holidayWarnings(distribution),
    ...directoryWarnings(distribution),
  ];
}

const serviceWarnings = (
  { name, services }: NonNullable<Distribution['products']>[number],
  index: number,
  distribution: Distribution,
): Flaw[] =>
  unknownServices(services, distribution).map((unknown) => ({
    field: `products.${index}.services.${services.indexOf(unknown.name)}`,
    problem: `"${unknown.name}" of ${name} is in no team of the file`,
    remedy: unknown.meant === undefined ? 'Correct it, or name it in the team that runs it.' : `Did you mean ${unknown.meant}?`,
  }));

function silenceWarnings({ corrections }: Distribution): Flaw[] {
  if (corrections?.tell?.length !== 0) return [];
  return [
    {
      field: 'corrections.tell',
      problem: 'is empty: no later edition tells what was corrected, only that a preliminary account became final',
      remedy: `Name what is told, or leave it out for the usual: ${correctionsOf(undefined).tell.join(', ')}.`,
    },
  ];
}

function reviewWarnings(distribution: Distribution): Flaw[] {
  const { dueAfter, postmortemWithin } = distribution.reviews ?? {};
  const reviewed = reviewRulesOf(distribution)?.severities ?? [];
  return Object.entries({ dueAfter, postmortemWithin }).flatMap(([field, days = {}]) =>
    severities
      .filter((severity) => severity in days && !reviewed.includes(severity))
      .map((severity) => ({
        field: `reviews.${field}.${severity}`,
        problem: `is a deadline for ${severity}, which is not reviewed`,
        remedy: `Add ${severity} to reviews.severities, or leave it out.`,
      })),
  );
}

/** Authors are compared with approvers by name, and a mailbox of one word may say none. */
function approverWarnings(distribution: Distribution): Flaw[] {
  const { stream, approvers = [] } = noticeRulesOf(distribution) ?? {};
  const saysName = (address: string) => (address.slice(0, address.lastIndexOf('@')).match(/\p{L}{2,}/gu) ?? []).length > 1;
  return approvers.flatMap(({ address, also = [], name }, n) =>
    name !== undefined || [address, ...also].some(saysName)
      ? []
      : [
          {
            field: `streams.${stream}.approvers.${n}`,
            problem: `${address} does not say who it is, so a text by this person under their name may not be known as theirs`,
            remedy: 'Add name: Ruth Abara, as authors are written.',
          },
        ],
  );
}

/** Whoever wrote a text does not approve it, so one more than have to approve is needed. */
function spareWarnings(distribution: Distribution): Flaw[] {
  const { stream, approvers = [], approvals = 0 } = noticeRulesOf(distribution) ?? {};
  const people = approvers.map(knownOf);
  const isShort = ({ addresses, names }: Known): boolean =>
    ableAmong(people, { addresses: [...addresses], names: [...names] }).length < approvals;
  const short = people.filter(isShort);
  if (short.length === 0) return [];
  const who = short.length === people.length ? 'one of them' : short.flatMap(({ addresses }) => addresses.slice(0, 1)).join(' or ');
  return [
    {
      field: `streams.${stream}.approvers`,
      problem: `have no spare one: a text that ${who} wrote is held, because too few approvers are left`,
      remedy: 'Name one more person.',
    },
  ];
}

/** A holiday so many years before the last one of the file is more often a slip than a memory. */
const longAgo = 3;

function holidayWarnings({ organisation: { holidays = [] } }: Distribution): Flaw[] {
  const yearOf = (day: string) => Number(day.slice(0, 4));
  const last = Math.max(...holidays.map(yearOf));
  return holidays.flatMap((day, n) => {
    const field = `organisation.holidays.${n}`;
    if (holidays.indexOf(day) !== n) return [{ field, problem: `${day} stands there twice`, remedy: 'Leave one out.' }];
    if (yearOf(day) > last - longAgo) return [];
    return [
      { field, problem: `${day} lies ${last - yearOf(day)} years before the last holiday`, remedy: 'Correct the year, or leave it out.' },
    ];
  });
}

/** A Cyrillic letter among Latin ones looks right, and Slack has no such channel. */
function scriptWarnings({ slack, teams }: Distribution): Flaw[] {
  const named = [
    ...(slack?.channels ?? []).map(({ channel }, i) => ({ channel, field: `slack.channels.${i}.channel` })),
    ...teams.flatMap(({ channels }, i) => (channels?.slack ? { channel: channels.slack, field: `teams.${i}.channels.slack` } : [])),
  ];
  return named.flatMap(({ channel, field }) => {
    const [word, odd] = channel.split(/[^\p{L}\p{M}]+/u).flatMap(foreignIn)[0] ?? [];
    if (!word || !odd) return [];
    return [
      {
        field,
        problem: `"${channel}" has letters of two scripts in one word: "${odd}" in "${word}" looks Latin and is not`,
        remedy: 'Type the name again, or copy it from Slack.',
      },
    ];
  });
}

/** A word in Latin letters that has others which look like them, with these. */
function foreignIn(word: string): [word: string, odd: string][] {
  const odd = word.match(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu) ?? [];
  return odd.length > 0 && /\p{Script=Latin}/u.test(word) ? [[word, [...new Set(odd)].join('')]] : [];
}
