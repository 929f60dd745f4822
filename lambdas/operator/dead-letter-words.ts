import * as z from 'zod';
import { readSesEvent } from '../../adapters/ses/ses-event.ts';
import { Range } from '../../core/delivery/range.ts';
import type { DeadLetter } from '../../core/operator/ports.ts';
import { ComposeMessage } from '../shared/occasion.ts';

/** What a dead letter is about. It never contains an address or a name of a person. */
export interface LetterWords {
  readonly what: string;
  readonly edition?: string;
  readonly postmortem?: string;
}

const Scheduled = z.looseObject({ stream: z.string().regex(/^[a-z0-9-]{1,60}$/), scheduledFor: z.iso.datetime({ offset: true }) });
const Sweep = z.looseObject({ scheduledFor: z.string() });

const unreadable: LetterWords = { what: 'a message that cannot be read' };

/**
 * Says what a message of our queues is about. Strangers can write parts of an event, so of a
 * message that none of our functions understands nothing is shown.
 */
export function letterWords({ body }: Pick<DeadLetter, 'body'>): LetterWords {
  const content = parsed(body);
  const range = Range.safeParse(content);
  if (range.success) return rangeWords(range.data);
  const message = ComposeMessage.safeParse(content);
  if (message.success) return composeWords(message.data);
  const event = readSesEvent(content);
  if ('parked' in event) return unreadable;
  const { kind, edition } = event.delivery;
  return { what: `what SES reported about a mail of ${edition}: ${kind}`, edition };
}

/** A letter of the scheduler, which it could not deliver, and what to do about it. */
export function scheduleWords({ body, errorCode }: Pick<DeadLetter, 'body' | 'errorCode'>): LetterWords {
  const content = parsed(body);
  const why = errorCode !== undefined && /^[\w.:-]{1,100}$/.test(errorCode) ? ` (${errorCode})` : '';
  const due = Scheduled.safeParse(content);
  if (due.success) {
    const { stream, scheduledFor } = due.data;
    return { what: `${stream}, due ${scheduledFor}, was not composed${why}. Send it: afterword send ${stream} --at ${scheduledFor}` };
  }
  const sweep = Sweep.safeParse(content);
  return sweep.success ? { what: `a run of sweep did not start${why}. The next one has done its work` } : unreadable;
}

/** A prefix of n bits is one part of 2ⁿ. */
function rangeWords({ edition, slot, prefix }: Range): LetterWords {
  const whom = slot === 'default' ? 'readers' : `readers of slot ${slot}`;
  const what = prefix === '' ? `the ${whom} of ${edition}` : `${whom} of ${edition}: part ${prefix}, one of ${2 ** prefix.length}`;
  return { what, edition };
}

function composeWords(message: ComposeMessage): LetterWords {
  if ('postmortem' in message) {
    const { stream, postmortem } = message;
    return { what: `a mail of ${stream} about ${postmortem}`, postmortem };
  }
  if ('notice' in message) return { what: `a look at what customers read of ${message.notice}`, postmortem: message.notice };
  if ('test' in message) return { what: `a test of ${message.test.stream} for one person` };
  if (message.stream === 'service') return { what: `a mail that one person waits for: ${message.kind}` };
  const often = 'frequency' in message ? `, ${message.frequency}` : '';
  return { what: `the edition of ${message.stream}${often} due ${message.scheduledFor}` };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
