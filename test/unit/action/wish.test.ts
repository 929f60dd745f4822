import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { historyOf } from '../../../core/action/history.ts';
import { type ActionWish, changeFor } from '../../../core/action/wish.ts';

const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:00:00Z`;
const row = (events: object[], change: object = {}, status = 'open'): ActionRow =>
  readActionRow({
    ...{ aid: 'title#1', postmortem: 'pm-1', postmortemTitle: 'Out of disk', promisedAt: on(2), reportedAt: on(2), version: 1 },
    reported: { title: 'Lower the limit', owner: 'Payments', due: '2026-11-20', status },
    events: events.map((event, n) => ({ at: on(5 + n), by: 'sid', ...event })),
    ...change,
  });
const decided = { kind: 'decided', what: 'accept the risk', reason: 'Because.', as: 'VP Engineering', basis: 'b' };
const accepted = { ...decided, effectiveAt: on(6) };
const pending = { ...decided, effectiveAt: on(29) };
const imported = (status: string) => ({ kind: 'imported', status, from: 'Jira' });
const answer = (wish: ActionWish, of: ActionRow) => {
  const change = changeFor(wish, 'key', new Date(on(28)))(of);
  return change.kind === 'refused' ? change.why : change.kind;
};
const said = (status: 'open' | 'in-progress' | 'done' | 'declined'): ActionWish => ({ kind: 'imported', status, from: 'Jira' });
const reopened: ActionWish = { kind: 'reopened', reason: 'It came back.' };

describe('what people and trackers may say of an action', () => {
  it.each<[string, ActionWish, ActionRow, string]>([
    ['closes it', { kind: 'done' }, row([]), 'events'],
    ['closes it once', { kind: 'done' }, row([{ kind: 'done' }]), 'nothing'],
    ['closes one of which the risk was accepted', { kind: 'done' }, row([accepted]), 'events'],
    ['does nothing with one that the document lost', { kind: 'done' }, row([], { withdrawnAt: on(9) }), 'withdrawn'],
    ['reopens what was closed', reopened, row([{ kind: 'done' }]), 'events'],
    ['reopens what the document closed', reopened, row([], {}, 'done'), 'events'],
    ['does not reopen what is open', reopened, row([]), 'nothing'],
    ['does not overrule leadership', reopened, row([accepted]), 'decided'],
    ['gives it another day', { kind: 'rescheduled', due: '2026-12-24', reason: 'Parts are late.' }, row([]), 'events'],
    ['gives it the same day', { kind: 'rescheduled', due: '2026-11-20', reason: 'Parts are late.' }, row([]), 'nothing'],
    ['gives what is closed no day', { kind: 'rescheduled', due: '2026-12-24', reason: 'Parts.' }, row([{ kind: 'done' }]), 'closed'],
    ['hands it over', { kind: 'handed over', to: 'Search' }, row([]), 'events'],
    ['hands it over to who has it', { kind: 'handed over', to: 'Payments' }, row([]), 'nothing'],
    ['hands nothing over that is closed', { kind: 'handed over', to: 'Search' }, row([], {}, 'declined'), 'closed'],
    ['closes what a tracker closed', said('done'), row([]), 'events'],
    ['says the same again', said('open'), row([]), 'nothing'],
    ['begins what a tracker begins', said('in-progress'), row([]), 'events'],
    ['opens what a tracker closed', said('open'), row([imported('done')]), 'events'],
    ['leaves closed what a person closed', said('open'), row([{ kind: 'done' }]), 'kept'],
    ['leaves closed what the document closed', said('in-progress'), row([], {}, 'done'), 'kept'],
    ['leaves closed what a person closed too', said('open'), row([imported('done'), { kind: 'done' }]), 'kept'],
    ['leaves open what a person opened since', said('done'), row([imported('done'), reopened]), 'said before'],
    ['takes a risk back by no tracker', said('open'), row([accepted]), 'decided'],
    ['takes a risk back by no tracker before it counts', said('in-progress'), row([pending]), 'decided'],
    ['takes a risk back by no tracker after it was done', said('open'), row([accepted, imported('done')]), 'decided'],
    [
      'opens an accepted risk that the document opened',
      reopened,
      row([accepted, { kind: 'done' }], { reportedAt: '2026-11-05T12:00:00Z' }),
      'events',
    ],
    ['closes what leadership left', said('done'), row([accepted]), 'events'],
  ])('%s', (_, wish, of, expected) => {
    expect(answer(wish, of)).toBe(expected);
  });
});

it('tells the history of an action in words, with what was taken back and what is not known here', () => {
  const events = row([
    { ...accepted, at: on(7) },
    { kind: 'rescheduled', due: '2026-12-24', reason: 'Parts are late.', at: on(6) },
    { kind: 'undone', event: on(7), at: on(8) },
    { kind: 'blessed', at: on(9), more: 1 },
    imported('done'),
    { kind: 'broken', at: 'never' },
  ]).events;
  expect(historyOf(events)).toEqual([
    { at: on(6), by: 'sid', kind: 'rescheduled', says: 'Due on 2026-12-24: Parts are late.' },
    { at: on(7), by: 'sid', kind: 'decided', says: 'VP Engineering accepted the risk: Because.', effectiveAt: on(6), undoneAt: on(8) },
    { at: on(9), by: 'sid', kind: 'blessed', says: 'blessed' },
    { at: on(9), by: 'sid', kind: 'imported', says: 'done, says Jira' },
  ]);
});
