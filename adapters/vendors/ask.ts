import type { Answer } from '../../core/connector/ports.ts';

/** How a vendor's API is reached. */
export interface Reach {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: () => Promise<string | undefined>;
  readonly fetch?: typeof fetch;
}

const timeoutMs = 10_000;
/** Larger answers are not read: no incident needs one. */
const mostBytes = 5 * 1024 * 1024;

/**
 * One GET of a vendor's API. Never throws: what cannot be reached, answers too late, too much or
 * something else than JSON is asked for again later.
 */
export async function ask(path: string, { url, token, fetch: send = fetch }: Reach): Promise<Answer<unknown>> {
  const bearer = await token();
  if (bearer === undefined) return { kind: 'refused', status: 401 };
  try {
    const answer = await send(`${url}${path}`, {
      headers: { authorization: `Bearer ${bearer}`, accept: 'application/json, application/vnd.api+json' },
      // A redirect could carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
    if (answer.status === 429 || answer.status >= 500) return { kind: 'later', seconds: waitOf(answer.headers.get('retry-after')) };
    if (!answer.ok) return { kind: 'refused', status: answer.status };
    const text = await readAtMost(answer, mostBytes);
    return text === undefined ? { kind: 'refused', status: 413 } : { kind: 'found', value: JSON.parse(text) };
  } catch {
    return { kind: 'later', seconds: usualWait };
  }
}

const usualWait = 60;
/** SQS delays a message by at most 900 seconds. */
const waitOf = (header: string | null): number => Math.min(900, Math.max(1, Number(header) || usualWait));

async function readAtMost(answer: Response, most: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
