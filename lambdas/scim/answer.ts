import * as z from 'zod';
import { DirectoryBusy, DirectoryUnfinished } from '../../core/directory/lease.ts';
import { DirectoryRefusal } from '../../core/directory/refusal.ts';
import { type Resource, schemaIds, versionOf } from '../../core/directory/resources.ts';
import { ErasureInDispute } from '../../core/rights/erase-person.ts';
import { PersonInDispute } from '../../core/subscriber/rewrite-profile.ts';
import { type HttpAnswer, jsonAnswer } from '../shared/http-answer.ts';
import { problem } from '../shared/problem.ts';

const type = { 'content-type': 'application/scim+json' };

export function scimAnswer(status: number, body: Resource, headers: Record<string, string> = {}): HttpAnswer {
  const version = versionOf(body);
  return jsonAnswer(status, body, { ...type, ...(version !== '' && { etag: version }), ...headers });
}

/**
 * What requests of the directory throw, as an answer. Undefined: a fault of ours. What passes when
 * it is sent again is 429: directories wait for Retry-After then, and after 503 they may not.
 */
export function answerToRefusal(error: unknown): HttpAnswer | undefined {
  if (error instanceof DirectoryRefusal) {
    const later = error.status === 429 ? { 'retry-after': '3600' } : {};
    return scimError(error.status, error.detail, error.scimType, later);
  }
  if (error instanceof DirectoryBusy) {
    return problem(429, 'Too Many Requests', {
      detail: 'Other requests change groups at the moment. Nothing was changed. Send the same again.',
      headers: { 'retry-after': '30' },
    });
  }
  if (error instanceof DirectoryUnfinished) {
    return problem(429, 'Too Many Requests', {
      detail: `A part of this was done, and ${error.left === 1 ? '1 person is' : `${error.left} people are`} left. Send the same again: it does the rest.`,
      headers: { 'retry-after': '5' },
    });
  }
  if (error instanceof PersonInDispute || error instanceof ErasureInDispute) {
    return problem(429, 'Too Many Requests', {
      detail: 'A person kept changing meanwhile. Send the same again.',
      headers: { 'retry-after': '2' },
    });
  }
  return undefined;
}

const Sent = z.object({
  status: z.int(),
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), problem: z.string(), remedy: z.string() })).optional(),
});

/** The answers that all our functions give, in the form of SCIM. */
export function inScimForm(answer: HttpAnswer): HttpAnswer {
  if (answer.headers?.['content-type'] !== 'application/problem+json') return answer;
  const { status, title, detail = title, errors = [] } = Sent.parse(JSON.parse(answer.body ?? ''));
  const flaws = errors.map(({ field, problem: flaw, remedy }) => `${field || 'The body'} ${flaw}. ${remedy}`);
  const { 'content-type': _, ...headers } = answer.headers;
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return scimError(status === 422 ? 400 : status, [detail, ...remediesOf(status), ...flaws].join(' '), scimTypes.get(status), sent);
}

/** Of answers that say no more than what is wrong. */
const remediesOf = (status: number): string[] =>
  status === 404 ? ['Send the request to /Users, /Groups, /ServiceProviderConfig, /ResourceTypes or /Schemas below /scim/v2.'] : [];

const scimTypes: ReadonlyMap<number, string> = new Map([
  [400, 'invalidSyntax'],
  [413, 'tooMany'],
  [422, 'invalidValue'],
]);

const scimError = (status: number, detail: string, scimType: string | undefined, headers: Record<string, string>): HttpAnswer =>
  jsonAnswer(
    status,
    { schemas: [schemaIds.error], status: String(status), ...(scimType !== undefined && { scimType }), detail },
    { ...headers, ...type },
  );
