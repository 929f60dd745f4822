import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Faults, injectedFaults } from '../../local/faults/faults.ts';
import type { SesEvent } from '../../local/ses/events.ts';
import { publisher } from '../../local/ses/publisher.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const destinations = [{ topicArn: 'topic', eventTypes: new Set(['SEND', 'DELIVERY']) }];
const eventsOf = (mail: string): SesEvent[] => (['Send', 'Delivery'] as const).map((eventType) => ({ eventType, mail: { mail } }));

/** A publisher, and the mails whose events reached their topic. */
function aPublisher(lateEvents: number) {
  const told: string[] = [];
  const faults = injectedFaults();
  faults.set(Faults.parse({ ses: { lateEvents } }));
  const made = publisher(
    [{ name: 'tracked', destinations }],
    async (_, message) => {
      const { eventType, mail } = JSON.parse(message);
      told.push(`${mail.mail} ${eventType}`);
    },
    faults,
  );
  const all = async () => {
    while (made.pending() > 0) await turn();
  };
  return { ...made, told, all, send: (mail: string) => made.publish('tracked', mail, () => eventsOf(mail)) };
}

it('come in their order, after the call', async () => {
  const { send, told, all } = aPublisher(0);
  send('a');
  send('b');
  expect(told).toEqual([]);

  await all();
  expect(told).toEqual(['a Send', 'a Delivery', 'b Send', 'b Delivery']);
});

it('come late, and are waited for', async () => {
  const { send, told, pending, all } = aPublisher(25);
  send('late');

  await vi.advanceTimersByTimeAsync(24_999);
  expect([told, pending()]).toEqual([[], 1]);
  vi.advanceTimersByTime(1);
  await all();
  expect(told).toEqual(['late Send', 'late Delivery']);
});

it('do not come any more once the stack has stopped', async () => {
  const { send, told, stop } = aPublisher(25);
  send('late');
  stop();

  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
});
