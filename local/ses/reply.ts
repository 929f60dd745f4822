import type { ServerResponse } from 'node:http';
import type { SesAnswer } from './answers.ts';
import type { FaultDecision } from './fault-decision.ts';

/**
 * Lets the caller hear of what happened, or fail to. `nothing` leaves the connection to the
 * caller's patience.
 */
export function reply(outgoing: ServerResponse, by: FaultDecision['reply'], { status, xml }: SesAnswer, requestId: string): void {
  if (by === 'nothing') return;
  if (by === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  outgoing.writeHead(status, headers).end(by === 'empty' ? '' : by === 'garbled' ? xml.slice(0, xml.length / 2) : xml);
}
