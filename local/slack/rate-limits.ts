import { type Allowance, allowance, type Rate } from './allowance.ts';

/**
 * Rates by method (docs.slack.dev, Web API rate limits). How long a burst may be is not documented:
 * a minute's calls for a tier, and three messages in one channel.
 */
const tier2: Rate = { perMinute: 20, burst: 20 };
const tier3: Rate = { perMinute: 50, burst: 50 };
/** "Several hundred messages a minute" in a whole workspace. */
const allMessages: Rate = { perMinute: 300, burst: 300 };
const messagesOfChannel: Rate = { perMinute: 60, burst: 3 };
const identity: Rate = { perMinute: 300, burst: 300 };

export const rates = {
  'auth.test': identity,
  'chat.postMessage': allMessages,
  'chat.update': tier3,
  'chat.delete': tier3,
  'conversations.history': tier3,
  'conversations.info': tier3,
  'conversations.list': tier2,
} as const satisfies Record<string, Rate>;
export type Method = keyof typeof rates;

export interface RateLimits {
  /** 0 if the call may be carried out, else the seconds of Retry-After. */
  take(method: Method, channel: string, nowMs: number): number;
}

/** The limits of one app in one workspace. */
export function rateLimits(): RateLimits {
  const kept = new Map<string, Allowance>();
  const of = (name: string, rate: Rate): Allowance => {
    const found = kept.get(name) ?? allowance(rate);
    kept.set(name, found);
    return found;
  };
  return {
    take: (method, channel, nowMs) => {
      const wait = method === 'chat.postMessage' ? of(`channel ${channel}`, messagesOfChannel).take(nowMs) : 0;
      return wait > 0 ? wait : of(method, rates[method]).take(nowMs);
    },
  };
}
