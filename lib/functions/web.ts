import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Realm } from '../../core/stream/stream.ts';
import { type EnvValues, type PagePath, pageBases, pathsOf, publicPaths } from '../../lambdas/web/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import { keysOf, mayRead } from '../constructs/stage-secrets.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Serves the pages behind the links in mails, to any method: scanners send HEAD and OPTIONS, mail
 * clients post, and people press buttons. There is one function for staff and one for customers,
 * each with a role that cannot see people of the other realm (docs/adr/017).
 */
export function addWeb(stage: StageContext, compose: IQueue): void {
  addPages(stage, compose, { id: 'Web', name: 'web', realm: 'staff', access: 'web' });
  addPages(stage, compose, { id: 'WebForCustomers', name: 'web-customers', realm: 'customers', access: 'webForCustomers' });
}

/**
 * Mail gateways follow each link of each mail as it arrives. 14 mails per second with ten links
 * each are 140 requests, and accounts with a higher rate need more.
 */
const manyReaders = { rateLimit: 500, burstLimit: 1000 };

/** No mail links to these pages, so people alone open them. A company signs in within minutes. */
const peopleAlone = { rateLimit: 50, burstLimit: 100 };
const openedByPeople: readonly PagePath[] = [
  '/',
  '/sign-in',
  '/sign-in/start',
  '/sign-out',
  '/sessions',
  '/preferences',
  '/feeds',
  '/archive',
  '/archive/{audience}',
  '/archive/{audience}/{postmortem}',
  // Forms that anybody may find. They take half a second each, whatever is typed.
  '/new-link',
  '/join',
  '/join/{stream}',
  // A channel opens it within minutes. Posts are not unfurled, so no crawler follows each.
  '/s/{link}',
];
/**
 * Anybody may read these, and a company's incident is read by many at once. Whoever expects more
 * puts a cache before them (docs/operations.md).
 */
const readByAnybody = { rateLimit: 50, burstLimit: 100 };
/** Each way back may ask the organisation's provider, which nobody can have us flood. */
const backFromProvider: PagePath = '/sign-in/callback';
const asksProvider = { rateLimit: 20, burstLimit: 100 };

interface Pages {
  readonly id: string;
  readonly name: string;
  readonly realm: Realm;
  readonly access: 'web' | 'webForCustomers';
}

function addPages(
  { stack, distribution, settings, durations, bundles, table, secrets, front }: StageContext,
  compose: IQueue,
  { id, name, realm, access }: Pages,
): void {
  const { identity, suppression } = secrets;
  const tokenKeys = keysOf(realm, secrets);
  const base = pageBases[realm];
  // Only staff sign in.
  const signIn = realm === 'staff' ? settings.signIn : undefined;
  const clientSecret = signIn?.clientSecret === undefined ? [] : [{ secretArn: signIn.clientSecret }];
  const { fn } = new StageFunction(stack, id, {
    name,
    description: `Serves the pages behind the links in mails to ${realm}.`,
    bundle: bundles.web,
    timeoutSeconds: durations.timeout.web,
    // A person is waiting. Work of the processor costs the same at any size, because a larger
    // function ends sooner.
    memoryMb: aProcessorMb,
    environment: {
      TABLE_NAME: table.name,
      REALM: realm,
      TOKEN_KEYS_ARN: tokenKeys.secretArn,
      IDENTITY_SECRET_ARN: identity.secretArn,
      SUPPRESSION_SECRET_ARN: suppression.secretArn,
      COMPOSE_QUEUE_URL: compose.queueUrl,
      PUBLIC_URL: `${front.url}${base}`,
      CUSTOMERS_SENDER: distribution.senders.customers?.address ?? '',
      ...(signIn && {
        SIGN_IN_ISSUER: signIn.issuer,
        SIGN_IN_CLIENT_ID: signIn.clientId,
        SIGN_IN_SECRET_ARN: signIn.clientSecret ?? '',
        SIGN_IN_ADDRESS: signIn.address ?? '',
      }),
    } satisfies EnvValues,
    may: [...mayUse(table, access), mayRead(tokenKeys, identity, suppression, ...clientSecret), mayEnqueue(compose)],
  });
  front.serve(
    id,
    fn,
    pathsOf[realm].map((path) => ({
      path: `${base}${path}`,
      methods: [HttpMethod.ANY],
      throttle: throttleOf(path),
    })),
  );
}

function throttleOf(path: PagePath) {
  if (path === backFromProvider) return asksProvider;
  if (publicPaths.some((one) => one === path)) return readByAnybody;
  return openedByPeople.includes(path) ? peopleAlone : manyReaders;
}
