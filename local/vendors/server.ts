import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Connectors } from '../../lib/stage-settings.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import { arn } from '../template/local-aws.ts';
import { localKeys } from './sign.ts';

/** What the APIs of vendors answer, by path without query. A number is a status. */
export type VendorAnswers = Readonly<Record<string, unknown>>;

export interface FakeVendors {
  readonly url: string;
  /** Replaces all that a vendor's API answers. What is not among it is 404. */
  put(source: string, answers: VendorAnswers): void;
  stop(): Promise<void>;
}

export interface LocalConnectors {
  readonly setting: Connectors;
  /** The secret that the setting names, with its value. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly token: string;
}

/** A token for the vendors of a local stack, and the keys that they sign with, in a secret. */
export function localConnectors(): LocalConnectors {
  const secretArn = arn('secretsmanager', 'secret:connectors-AbCdEf');
  const token = randomBytes(16).toString('hex');
  const secret = Object.fromEntries(Object.entries(localKeys).map(([source, key]) => [source, { keys: [key], token }]));
  return { setting: { secret: secretArn }, secrets: new Map([[secretArn, JSON.stringify(secret)]]), token };
}

/** How vendors want their tokens. */
const authorizations = ['Bearer ', 'OAuth ', 'Token token='];

/** The APIs of all vendors below one address, `/<source>/…`. They know what they were told to answer. */
export async function startFakeVendors(token: string | undefined): Promise<FakeVendors> {
  const known = new Map<string, VendorAnswers>();
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    const [, source = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
    const answer = known.get(source)?.[decodeURIComponent(path)];
    const isAllowed = token !== undefined && authorizations.some((word) => incoming.headers.authorization === `${word}${token}`);
    const status = !isAllowed ? 401 : answer === undefined ? 404 : typeof answer === 'number' ? answer : 200;
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(status === 200 ? answer : { status }));
  });
  const port = await listenOnLoopback(server, 0);
  return { url: `http://127.0.0.1:${port}`, put: (source, answers) => known.set(source, answers), stop: () => closeServer(server) };
}
