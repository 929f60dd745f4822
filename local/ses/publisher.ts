import type { ConfigurationSetPlan } from '../plan/mail.ts';
import type { SesEvent } from './events.ts';

/** Sends events to the topics that subscribed to their type, one after the other, after the call that caused them has been answered. */
export interface Publisher {
  publish(configurationSet: string | undefined, events: () => readonly SesEvent[]): void;
  /** Mails whose events are not all published yet. */
  pending(): number;
  stop(): void;
}

export function publisher(
  configurationSets: readonly ConfigurationSetPlan[],
  toTopic: (topicArn: string, message: string) => Promise<void>,
): Publisher {
  const sets = new Map(configurationSets.map((set) => [set.name, set.destinations]));
  const waiting: (() => Promise<void>)[] = [];
  let pending = 0;
  let working = false;
  let stopped = false;

  const work = async () => {
    working = true;
    for (let next = waiting.shift(); next !== undefined && !stopped; next = waiting.shift()) {
      await next();
      pending -= 1;
    }
    working = false;
  };
  return {
    pending: () => pending,
    stop: () => {
      stopped = true;
    },
    publish: (configurationSet, events) => {
      const destinations = sets.get(configurationSet ?? '') ?? [];
      if (destinations.length === 0) return;
      pending += 1;
      waiting.push(async () => {
        for (const event of events()) {
          const wanted = destinations.filter(({ eventTypes }) => eventTypes.has(event.eventType.toUpperCase()));
          for (const { topicArn } of wanted) await toTopic(topicArn, JSON.stringify(event));
        }
      });
      if (!working) setImmediate(() => void (working ? undefined : work()));
    },
  };
}

/** Whether opens of this configuration set's mails are told to anyone: only then does SES put a pixel in. */
export const tracksOpens = (configurationSets: readonly ConfigurationSetPlan[], name: string | undefined): boolean =>
  configurationSets.some((set) => set.name === name && set.destinations.some(({ eventTypes }) => eventTypes.has('OPEN')));
