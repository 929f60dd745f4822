import type { Injected } from '../faults/faults.ts';
import type { ConfigurationSetPlan } from '../plan/mail.ts';
import type { SesEvent } from './events.ts';

/**
 * Sends events to the topics that subscribe to their type. They are sent one after another, after
 * the call that caused them has been answered.
 */
export interface Publisher {
  /**
   * `what` names the mail, so that a run with a seed drops and duplicates the same events again.
   */
  publish(configurationSet: string | undefined, what: string, events: () => readonly SesEvent[]): void;
  /** Mails whose events are not all published yet. */
  pending(): number;
  stop(): void;
}

export function publisher(
  configurationSets: readonly ConfigurationSetPlan[],
  toTopic: (topicArn: string, message: string) => Promise<void>,
  faults: Injected,
): Publisher {
  const sets = new Map(configurationSets.map((set) => [set.name, set.destinations]));
  const waiting: (() => Promise<void>)[] = [];
  const late = new Set<NodeJS.Timeout>();
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
      for (const timer of late) clearTimeout(timer);
    },
    publish: (configurationSet, what, events) => {
      const destinations = sets.get(configurationSet ?? '') ?? [];
      if (destinations.length === 0) return;
      pending += 1;
      const told = async () => {
        for (const event of whatComes(events(), what, faults)) {
          const type = event.eventType.replaceAll(' ', '').toUpperCase();
          const wanted = destinations.filter(({ eventTypes }) => eventTypes.has(type));
          for (const { topicArn } of wanted) await toTopic(topicArn, JSON.stringify(event));
        }
      };
      const begin = () => {
        waiting.push(told);
        if (!working) setImmediate(() => void (working ? undefined : work()));
      };
      const { lateEvents } = faults.ses;
      if (lateEvents === 0) begin();
      else {
        const timer = setTimeout(() => {
          late.delete(timer);
          begin();
        }, lateEvents * 1000);
        late.add(timer);
      }
    },
  };
}

/** The events that arrive: some never do, some come again after the last one. */
function whatComes(events: readonly SesEvent[], what: string, faults: Injected): SesEvent[] {
  const { dropEvents, duplicateEvents } = faults.ses;
  if (dropEvents + duplicateEvents === 0) return [...events];
  const drawn = events.map((event) => ({ event, draw: faults.draw(`${what} ${event.eventType}`) }));
  const arriving = drawn.filter(({ draw }) => !draw.hits('dropEvents', dropEvents));
  const again = arriving.filter(({ draw }) => draw.hits('duplicateEvents', duplicateEvents));
  return [...arriving, ...again].map(({ event }) => event);
}

/**
 * Whether a topic gets the opens of this configuration set's mails. Only then does SES insert a
 * pixel.
 */
export const tracksOpens = (configurationSets: readonly ConfigurationSetPlan[], name: string | undefined): boolean =>
  configurationSets.some((set) => set.name === name && set.destinations.some(({ eventTypes }) => eventTypes.has('OPEN')));
