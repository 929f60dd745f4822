import { expect, it } from 'vitest';
import { type OutboxDeps, runOutbox } from '../../../core/intake/run-outbox.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { noReviews } from '../../support/reviews-in-memory.ts';

const aStored = (revision: number): StoredPostmortem => ({
  postmortem: aPostmortem({ severity: 'sev1' }),
  revision,
  hash: 'h',
  updatedAt: '2026-11-19T12:00:00.000Z',
  owed: ['projections', 'alert'],
  editions: [],
  namedIn: [],
});

/** What was called, in order. `fails`: the call that throws. */
function anOutbox(current: StoredPostmortem, fails?: string) {
  const calls: string[] = [];
  const does =
    <T>(name: string, answer: T) =>
    async (): Promise<T> => {
      calls.push(name);
      if (name === fails) throw new Error(`${name} failed`);
      return answer;
    };
  const deps: OutboxDeps = {
    postmortems: {
      readCurrent: does('read', current),
      putRevision: does('putRevision', undefined),
      putCurrent: does('putCurrent', true),
      clearOwed: does('clear', undefined),
      noteMissed: does('noteMissed', undefined),
    },
    revisions: { note: does('note', undefined) },
    actions: { list: does('actions', []), put: does('action', true) },
    reviews: noReviews,
    renditions: { put: does('rendition', undefined) },
    search: { put: does('entry', undefined), hide: does('hide', undefined) },
    editions: { withhold: does('withhold', undefined), release: does('release', undefined), correct: does('correct', undefined) },
    queue: { alert: does('alert', undefined), published: does('published', undefined) },
  };
  const times = (name: string) => calls.filter((call) => call === name).length;
  return { deps, calls, times };
}

it('asks for the alert of what was just stored before any rendition is written, and once', async () => {
  const { deps, calls, times } = anOutbox(aStored(1));
  await runOutbox('pm-1', deps, aStored(1));
  expect(calls.indexOf('alert')).toBeLessThan(calls.indexOf('rendition'));
  expect(calls.at(-1)).toBe('clear');
  expect(times('alert')).toBe(1);
});

it('asks for an alert before any rendition where nobody has just stored it', async () => {
  const { deps, calls, times } = anOutbox(aStored(1));
  await runOutbox('pm-1', deps);
  expect(calls.indexOf('alert')).toBeLessThan(calls.indexOf('rendition'));
  expect(times('alert')).toBe(1);
});

it('asks again for a later revision that is there by now, because its own intake may have died', async () => {
  const { deps, times } = anOutbox(aStored(2));
  await runOutbox('pm-1', deps, aStored(1));
  expect([times('alert'), times('clear')]).toEqual([2, 1]);
});

it.each(['alert', 'rendition', 'entry', 'note'])(
  'goes on owing everything where the call %s fails, and has asked for the alert',
  async (fails) => {
    const { deps, times } = anOutbox(aStored(1), fails);
    await expect(runOutbox('pm-1', deps, aStored(1))).rejects.toThrow(`${fails} failed`);
    expect([times('alert'), times('clear')]).toEqual([1, 0]);
  },
);
