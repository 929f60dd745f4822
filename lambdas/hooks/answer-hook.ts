import { gzipSync } from 'node:zlib';
import type { Caller } from '../../core/access/key.ts';
import { connectors } from '../../core/connector/connectors.ts';
import { secretOf } from '../../core/connector/secrets.ts';
import { isSource, type Source } from '../../core/connector/source.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { CollectMessage } from '../shared/collect-message.ts';
import { emptyAnswer, type HttpAnswer } from '../shared/http-answer.ts';
import type { HttpEvent } from '../shared/http-routes.ts';
import type { Log } from '../shared/logger.ts';
import { problem } from '../shared/problem.ts';

export interface HookDeps {
  readonly authenticate: (token: string) => Promise<Caller | undefined>;
  /** The text of the secret of the connectors. */
  readonly secret: () => Promise<string>;
  readonly send: (message: CollectMessage) => Promise<void>;
  readonly now: () => Date;
  readonly log: Log;
}

/** A message of SQS has at most 256 KiB. What is larger is read from the vendor's API instead. */
const mostInMessage = 190_000;

/**
 * Takes an event of a vendor: 202 once it is in the queue. A wrong source and a wrong token get the
 * same 404, a wrong signature 401. Of a vendor that signs nothing the token is all there is. Where
 * the fault is ours the answer is 503, so that the vendor tries again. Reads nothing of the event:
 * that is the work of `collect`.
 */
export async function answerHook(event: HttpEvent, deps: HookDeps): Promise<HttpAnswer> {
  const { log, now } = deps;
  try {
    const source = await sourceFor(event, deps);
    if (source === undefined) return problem(404, 'Not Found', { detail: 'There is nothing at this address.' });
    const { verify } = connectors[source];
    const keys = verify ? (secretOf(await deps.secret(), source)?.keys ?? []) : [];
    if (verify && keys.length === 0) return away(log, source, 'the secret has no key for it');
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    const headers = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
    if (verify && !verify({ headers, body, now: now() }, keys)) {
      log.warn('hook refused', { source, refused: 'signature' });
      return problem(401, 'Unauthorized', { detail: 'No key in force signed this body within five minutes of now.' });
    }
    const packed = gzipSync(body).toString('base64');
    const isLarge = packed.length > mostInMessage;
    await deps.send(isLarge ? { poll: source } : { event: { source, at: toInstant(now()), body: packed } });
    log.info('hook taken', { source, bytes: body.length, isLarge });
    return { ...emptyAnswer(), statusCode: 202 };
  } catch (error) {
    log.error('hook failed', error, { refused: 'failed' });
    return unavailable();
  }
}

/** The source of the address, if its token is a key that may post events. */
async function sourceFor({ rawPath }: HttpEvent, { authenticate }: HookDeps): Promise<Source | undefined> {
  const [, source = '', token = ''] = /^\/hooks\/([a-z-]{1,32})\/([!-.0-~]{1,500})$/.exec(rawPath) ?? [];
  if (!isSource(source)) return undefined;
  const caller = await authenticate(token);
  return caller?.scopes.includes('hook') ? source : undefined;
}

function away(log: Log, source: Source, why: string): HttpAnswer {
  log.warn('hook not taken', { source, refused: why });
  return unavailable();
}

const unavailable = () =>
  problem(503, 'Service Unavailable', { detail: 'It could not be taken now. Send it again.', headers: { 'retry-after': '60' } });
