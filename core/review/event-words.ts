import type { ActionEvent, Decision } from '../action/event.ts';
import { printPlainDate } from '../calendar/print.ts';

const statusWords = { open: 'open', 'in-progress': 'under way', done: 'done', declined: 'declined' } as const;

/** `deferred it until 1 November`, after the office that did. */
export function decisionWords({ what, until }: Pick<Decision, 'what' | 'until'>, now: Date, zone: string): string {
  switch (what) {
    case 'fund':
      return 'funded it';
    case 'accept the risk':
      return 'accepted the risk';
    case 'defer':
      return until === undefined ? 'deferred it' : `deferred it until ${printPlainDate(until, now, zone)}`;
    case 'need more':
      return 'asked for more';
    default:
      return what satisfies never;
  }
}

/** What happened to an action, as a sentence without its end. It names no person. */
export function eventWords(event: ActionEvent, now: Date, zone: string): string {
  switch (event.kind) {
    case 'decided':
      return `${event.as} ${decisionWords(event, now, zone)}`;
    case 'done':
      return 'it was marked as done';
    case 'reopened':
      return 'it was opened again';
    case 'rescheduled':
      return `it was moved to ${printPlainDate(event.due, now, zone)}`;
    case 'handed over':
      return `it was handed over to ${event.to}`;
    case 'answered':
      return 'its owner answered';
    case 'imported':
      return `an import said that it is ${statusWords[event.status]}`;
    case 'undone':
      return 'what was done was taken back';
    default:
      return event satisfies never;
  }
}

/** The reason that was given, or the answer. Empty if the event has none. */
export function reasonOf(event: ActionEvent): string {
  if (event.kind === 'answered') return event.text;
  return 'reason' in event ? event.reason : '';
}
