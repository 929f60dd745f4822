import * as z from 'zod';
import { type StreamName, streams } from '../subscriber/subscriber.ts';

/**
 * The mails of stream `service`, which answer something that somebody did and lead to one page. `already`: a sign-up by who gets the stream
 * already; `approval`: its owner is asked; `joined`: the owner's receipt.
 */
export const serviceKinds = ['confirm', 'welcome', 'already', 'new-link', 'goodbye', 'approval', 'joined'] as const;
export const ServiceKind = z.enum(serviceKinds);
export type ServiceKind = z.infer<typeof ServiceKind>;

/** The stream in what a service mail is about: a stream, or a request, whose id begins with its stream and `_`. */
export function streamAbout(about: string): StreamName | undefined {
  const before = about.split('_')[0];
  return streams.find((stream) => stream === before);
}
