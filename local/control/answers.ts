import type { IncomingMessage } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A request under /_local, with its body read. */
export interface Call {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface ControlRoute {
  /** As in API Gateway: `POST /_local/inbox/{id}/open`. */
  readonly key: string;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

/** Says what was wrong with the call, and how to correct it. */
export const wrong = (status: number, message: string): Answer => json({ message }, status);

/** Thrown if a call cannot be carried out as it is. */
export class BadCall extends Error {
  override readonly name = 'BadCall';
}

/** The JSON body. An empty body is an empty object. Throws BadCall if it is not JSON. */
export function jsonBody({ body }: Call): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new BadCall('the body is not JSON');
  }
}

/** An instant in ISO 8601. Throws BadCall that names the field. */
export function instant(text: string, field: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new BadCall(`${field}: an instant such as 2026-11-23T08:00:00Z`);
  return date;
}
