import type { Answer } from '../../core/connector/ports.ts';

/** How a vendor's API is reached. */
export interface Reach {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: () => Promise<string | undefined>;
  /** What the header says of the token. Absent: `Bearer`, and the token. */
  readonly authorization?: (token: string) => string;
  readonly accept?: string;
  readonly fetch?: typeof fetch;
  /** How long an answer may take. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;
/** Larger answers are not read: no incident needs one. */
const mostBytes = 5 * 1024 * 1024;

/**
 * One GET of a vendor's API. Never throws: what cannot be reached (the secret with the token too),
 * answers too late, too much or something else than JSON is asked for again later.
 */
export async function ask(
  path: string,
  { url, token, authorization = bearer, accept = usual, fetch: send = fetch, timeoutMs = usualTimeoutMs }: Reach,
): Promise<Answer<unknown>> {
  try {
    const known = await token();
    if (known === undefined) return { kind: 'refused', status: 401 };
    const answer = await send(`${url}${path}`, {
      headers: { authorization: authorization(known), accept },
      // A redirect could carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
    if (answer.status === 429 || answer.status >= 500) return { kind: 'later', seconds: waitOf(answer.headers) };
    if (!answer.ok) return { kind: 'refused', status: answer.status };
    const text = await readAtMost(answer, mostBytes);
    return text === undefined ? { kind: 'refused', status: 413 } : { kind: 'found', value: JSON.parse(text) };
  } catch {
    return notNow;
  }
}

/**
 * The same for a list or a part of an incident that the vendor does know. It cannot be gone, so 404
 * is a fault of the vendor's: without this, one would take services or action items away.
 */
export async function askForPart(path: string, reach: Reach): Promise<Exclude<Answer<unknown>, { kind: 'gone' }>> {
  const answer = await ask(path, reach);
  return answer.kind === 'gone' ? notNow : answer;
}

const bearer = (token: string): string => `Bearer ${token}`;
const usual = 'application/json, application/vnd.api+json';

const usualWait = 60;
/** For an answer that cannot be what the vendor has: half of it, or of another shape. */
export const notNow = { kind: 'later', seconds: usualWait } as const;

/** Seconds, or a date by the vendor's own clock (RFC 9110). SQS delays by at most 900 seconds. */
function waitOf(headers: Headers): number {
  const after = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isNaN(seconds) ? usualWait : Math.min(900, Math.max(1, seconds));
}

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
