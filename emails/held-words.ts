import { groupHeld, type HeldGroup, nameOfGroup } from '../core/connector/held-groups.ts';
import { type HeldFacts, mostCounted } from '../core/connector/held-mail.ts';
import { heldWords, isKnownAlready, isUnreadable } from '../core/connector/held-words.ts';
import { isSource, sourceLabels } from '../core/connector/source.ts';
import type { Found, ServiceWords } from './said-in-service.ts';

const noMail = 'No such mail comes on a day on which nothing is newly held.';
/** So many reasons stand in the mail. What is held for others is in the list. */
const mostInMail = 30;

interface Counts {
  readonly incidents: number;
  /** Of these people know so many already. */
  readonly known: number;
  /** Events that were not read are no incidents. */
  readonly hasUnread: boolean;
  readonly hasBraked: boolean;
}

const countsOf = ({ held, more, braked }: HeldFacts): Counts => {
  const incidents = held.filter((one) => !isUnreadable(one));
  const known = incidents.filter(isKnownAlready).length;
  return { incidents: incidents.length + more, known, hasUnread: incidents.length < held.length, hasBraked: braked.length > 0 };
};

/** Whom an operator keeps waiting. Of some people know already. */
function untoldWords({ incidents, known, hasUnread }: Counts): string {
  if (incidents === 0)
    return hasUnread
      ? 'Nothing is lost by it: the hourly poll asks the tool for what changed.'
      : 'None of it was done. If you do nothing, the directory may try it again within the limits of the next day.';
  if (known === 0) return `Nobody is told of ${incidents === 1 ? 'it' : 'them'} until you say what is missing.`;
  if (known === incidents) return `People know ${incidents === 1 ? 'it' : 'them'} already. What becomes of that is for you to say.`;
  return `Nobody is told of ${incidents - known} of them until you say what is missing. ${known === 1 ? 'One is known to people' : `${known} are known to people`} already.`;
}

function countedWords({ incidents }: Counts): string {
  return `${incidents >= mostCounted ? 'At least ' : ''}${incidents === 1 ? '1 incident' : `${incidents} incidents`}`;
}

function subjectOf(counts: Counts): string {
  const what = [
    ...(counts.incidents > 0 ? [`${countedWords(counts).replace('At', 'at')} from incident tools`] : []),
    ...(counts.hasUnread ? [`events${counts.incidents > 0 ? '' : ' of incident tools'} that could not be read`] : []),
    ...(counts.hasBraked ? ['what the directory tried'] : []),
  ];
  return `Held: ${what.join(', and ')}`;
}

function headingOf(counts: Counts): string {
  const what = [
    ...(counts.incidents > 0 ? [`${countedWords(counts)} ${counts.incidents === 1 ? 'is' : 'are'} held`] : []),
    ...(counts.hasUnread ? ['events could not be read'] : []),
    ...(counts.hasBraked ? ['the directory was held back'] : []),
  ].join(', and ');
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
}

const foundOf = (group: HeldGroup<HeldFacts['held'][number]>): Found => ({
  mark: `since ${group.earliest.since}`,
  what: nameOfGroup(group),
  ...heldWords(group.latest, group.count),
});

const brakedFound = ({ at, what, remedy }: HeldFacts['braked'][number]): Found => ({
  mark: at,
  what: 'Held back',
  why: `${what.charAt(0).toLowerCase()}${what.slice(1).replace(/\.$/, '')}`,
  remedy,
});

/** What is held, by reason: the urgent first, then by tool, then of the directory. */
export function heldMailWords(facts: HeldFacts = nothingHeld): ServiceWords {
  const groups = groupHeld(facts.held);
  const shown = groups.slice(0, mostInMail);
  const [urgent, others] = [shown.filter(({ latest }) => latest.urgent), shown.filter(({ latest }) => !latest.urgent)];
  const left = groups.slice(mostInMail).reduce((sum, { count }) => sum + count, 0) + facts.more;
  const byTool = Map.groupBy(others, ({ latest: { source } }) => (isSource(source) ? sourceLabels[source] : source));
  const counts = countsOf(facts);
  const order = [
    ...(groups.some(({ count }) => count > 1) ? ['What is held for the same reason stands together.'] : []),
    ...(urgent.length > 0 ? ['What is or may be of the most severe kind comes first, then the latest.'] : []),
  ];
  return {
    subject: subjectOf(counts),
    preheader: untoldWords(counts),
    heading: headingOf(counts),
    said: [
      [untoldWords(counts), 'Each has its reason, and what helps.', ...order].join(' '),
      ...(left > 0 ? [`${left} more are in the list: afterword held list`] : []),
    ],
    found: [
      ...(urgent.length > 0 ? [{ heading: 'Urgent', findings: urgent.map(foundOf) }] : []),
      ...[...byTool].map(([heading, of]) => ({ heading, findings: of.map(foundOf) })),
      ...(facts.braked.length > 0 ? [{ heading: 'The directory', findings: facts.braked.map(brakedFound) }] : []),
    ],
    button: 'See what waits for you',
    after:
      facts.held.length > 0
        ? `Titles are left out, because an incident may become private and a mail stays. Everything that is known of one: afterword held show ID. All ids: afterword held list. ${noMail}`
        : noMail,
    why: 'You get this because the distribution file names you as an operator: at most once a day, when something is newly held. It has no link to unsubscribe. Who should not get it is taken out of the file.',
    offersChoices: false,
  };
}
const nothingHeld: HeldFacts = { held: [], more: 0, braked: [] };
