import { STATUS_CODES } from 'node:http';
import type { Problem } from '../../core/operator/api.ts';
import { AfterwordError, type Flaw, Refused } from '../../core/shared/errors.ts';
import { type HttpAnswer, jsonAnswer } from './http-answer.ts';

export interface ProblemDetails {
  /** One sentence for the person who has to correct it. */
  readonly detail?: string;
  readonly errors?: readonly Flaw[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An RFC 9457 problem. */
export const problem = (status: number, title: string, { detail, errors, headers }: ProblemDetails = {}): HttpAnswer => {
  const body: Problem = {
    type: 'about:blank',
    title,
    status,
    ...(detail && { detail }),
    ...(errors && { errors: errors.map((flaw) => ({ ...flaw })) }),
  };
  return jsonAnswer(status, body, { ...headers, 'content-type': 'application/problem+json' });
};

/**
 * Thrown anywhere under a route, this becomes the answer. Its title is HTTP's own phrase for the
 * status.
 */
export class HttpProblem extends AfterwordError {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly details: ProblemDetails;
  constructor(status: number, details: ProblemDetails = {}) {
    super(`${status} ${details.detail ?? ''}`);
    this.status = status;
    this.details = details;
  }
}

/** The answer to an error of a request. Undefined if the error is a fault of ours. */
export function answerToError(error: unknown, method: string): HttpAnswer | undefined {
  if (error instanceof HttpProblem) return problem(error.status, phrase(error.status), error.details);
  if (!(error instanceof Refused)) return undefined;
  if (error.kind === 'unreadable')
    return problem(400, phrase(400), { detail: 'The request cannot be read. Nothing was changed.', errors: error.flaws });
  const taken = method === 'GET' ? 'The request was refused.' : 'The request was refused. Nothing was changed.';
  return problem(422, phrase(422), { detail: error.consequence ?? taken, errors: error.flaws });
}

const phrase = (status: number) => STATUS_CODES[status] ?? 'Problem';
