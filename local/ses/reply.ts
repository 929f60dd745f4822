import type { ServerResponse } from 'node:http';
import type { SesAnswer } from './answers.ts';
import type { FaultDecision } from './fault-decision.ts';

/**
 * Sends the answer to the caller, or fails to. With `nothing` the connection stays open until the
 * caller gives up.
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
