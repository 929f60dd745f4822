import { actionKeyOf, isActionKey } from '../action/action-key.ts';
import type { AuditedAct } from './audit.ts';

/** Describes an act in one line. An act that this release does not know is shown by its name. */
export function actWords({ act, facts }: Pick<AuditedAct, 'act' | 'facts'>): string {
  const { by: _, ...told } = facts;
  switch (act) {
    case 'postmortem stored':
      return `${storedHow(facts)} revision ${facts.revision} of ${facts.postmortem}`;
    case 'configuration applied':
      return `applied the distribution file, ${counted(Number(facts.changes), 'change')}`;
    case 'dead letters moved':
      return `moved ${counted(Number(facts.letters), 'dead letter')} of ${facts.queue} back`;
    case 'action decided':
    case 'decision undone':
    case 'action done':
    case 'action reopened':
    case 'action rescheduled':
    case 'action handed over':
    case 'action answered':
    case 'action taken back':
    case 'action reattached':
      return aboutAction(act, told);
    case 'actions imported':
      return importedActions(told);
    default:
      return [act, Object.entries(told).toSorted(mainFirst).map(factWords).join(', ')].filter((part) => part !== '').join(': ');
  }
}

/** An action by the id that lists show. Earlier lines of pages name it as it is stored. */
function aboutAction(act: string, { postmortem, action, ...more }: AuditedAct['facts']): string {
  const key = typeof action === 'string' && !isActionKey(action) ? actionKeyOf({ aid: action }) : action;
  return [
    `${act}: ${key === undefined ? postmortem : `${postmortem}/${key}`}`,
    ...Object.entries(more).toSorted(mainFirst).map(factWords),
  ].join(', ');
}

const mostNamed = 5;
/** Lines of earlier releases have no names. */
function importedActions({ postmortem, action = '', actions, from }: AuditedAct['facts']): string {
  const keys = String(action).split(' ').filter(Boolean);
  const named = keys.slice(0, mostNamed).map((key) => `${postmortem}/${key}`);
  const more = keys.length - named.length;
  return [
    `actions imported: ${named.length === 0 ? `${postmortem}, ${counted(Number(actions), 'action')}` : named.join(' ')}`,
    ...(more > 0 ? [`${more} more`] : []),
    `from ${from}`,
  ].join(', ');
}

function storedHow({ revision, status, restricted }: AuditedAct['facts']): string {
  if (restricted) return 'restricted';
  if (status === 'retracted') return 'retracted';
  if (status === 'draft') return 'stored a draft as';
  return revision === 1 ? 'published' : 'changed';
}

/** The table keeps facts in no particular order. */
const mainFacts = ['subscriber', 'edition', 'stream', 'lane', 'key', 'field', 'after', 'subscribers'];
const rankOf = (name: string) => (mainFacts.includes(name) ? mainFacts.indexOf(name) : mainFacts.length);
const mainFirst = ([a]: [string, unknown], [b]: [string, unknown]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1);

/** An import names hundreds of subscribers. `--json` shows them all. */
const factWords = ([name, value]: [string, string | number]): string =>
  name === 'subscribers' ? counted(String(value).split(' ').length, 'subscriber') : `${name} ${value}`;

const counted = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
