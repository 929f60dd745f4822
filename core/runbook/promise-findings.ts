import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { WhyUnresolved } from '../reminder/resolve-owner.ts';
import type { Finding } from './finding.ts';
import { shown } from './words.ts';

/** An open action item of which nobody is reminded. */
export interface UnownedAction {
  readonly postmortem: PostmortemId;
  readonly why: WhyUnresolved;
  /** As it is written. Absent: nobody is named. */
  readonly owner?: string | undefined;
}

/** What is so of action items, as far as anybody may be told of them. */
export interface PromiseFacts {
  /** Those of which nobody is reminded. Absent: the file has no reminders. */
  readonly unowned?: readonly UnownedAction[] | undefined;
  /** Those with which somebody did something, and which a revision lost lately. */
  readonly lost: readonly { readonly postmortem: PostmortemId }[];
}

const mostNamed = 5;

const byReason: Readonly<Record<WhyUnresolved, { readonly kind: string; readonly what: string; readonly remedy: string }>> = {
  nobody: {
    kind: 'owners-unknown',
    what: 'an owner who is nobody’s whole name, address or handle, and no team',
    remedy: 'Write handles into the file of people (column handles), or correct the postmortems.',
  },
  several: {
    kind: 'owners-ambiguous',
    what: 'an owner who may be several people',
    remedy: 'Write an address into the postmortem, or handles into the file of people and the handle with an @ into the postmortem.',
  },
  'no lead': {
    kind: 'owners-without-lead',
    what: 'an owner for whom nobody stands in: a team without leads, or somebody who gets no mail',
    remedy: 'Name leads of the teams in the file and apply it, or hand the actions over: /home/actions',
  },
  'no owner': {
    kind: 'actions-without-owner',
    what: 'no owner and no team',
    remedy: 'Correct the postmortems, or hand the actions over: /home/actions',
  },
};

/**
 * One finding for each reason. The texts of owners may be names of people: they are never stored,
 * and stand with what was looked at now.
 */
export function promiseFindings({ unowned = [], lost }: PromiseFacts): Finding[] {
  const byWhy = Map.groupBy(unowned, ({ why }) => why);
  return [
    ...lostFindings(lost),
    ...[...byWhy].toSorted(([, a], [, b]) => b.length - a.length).map(([why, some]) => unownedFinding(why, some)),
  ];
}

function unownedFinding(why: WhyUnresolved, actions: readonly UnownedAction[]): Finding {
  const { kind, what, remedy } = byReason[why];
  const n = actions.length;
  const owners = mostFrequent(actions.flatMap(({ owner }) => (owner === undefined ? [] : [shown(owner)])));
  return {
    kind,
    area: 'reviews',
    urgency: 'soon',
    what: `${n === 1 ? '1 open action item has' : `${n} open action items have`} ${what}`,
    why: `nobody is reminded of ${n === 1 ? 'it' : 'them'}`,
    remedy,
    postmortems: mostFrequent(actions.map(({ postmortem }) => postmortem)),
    ...(owners.length > 0 && { owners }),
  };
}

function lostFindings(lost: PromiseFacts['lost']): Finding[] {
  if (lost.length === 0) return [];
  return [
    {
      kind: 'actions-lost',
      area: 'reviews',
      urgency: 'now',
      what: `${lost.length === 1 ? '1 action item' : `${lost.length} action items`} on which somebody decided or answered ${lost.length === 1 ? 'is' : 'are'} in no postmortem any more`,
      why: 'what was decided counts for nothing',
      remedy: 'If a new action item is the same one, say so: afterword actions reattach',
      postmortems: mostFrequent(lost.map(({ postmortem }) => postmortem)),
    },
  ];
}

/** The first few, the most frequent first. */
function mostFrequent(texts: readonly string[]): string[] {
  const counted = [...Map.groupBy(texts, (text) => text)].map(([text, all]) => ({ text, count: all.length }));
  return counted
    .toSorted((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, mostNamed)
    .map(({ text }) => text);
}
