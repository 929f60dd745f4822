import { createServer } from 'node:http';
import * as z from 'zod';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import type { SecretPlan } from '../plan/secrets.ts';

const Request = z.object({ SecretId: z.string(), VersionStage: z.string().default('AWSCURRENT') });

export interface FakeSecrets {
  readonly endpoint: string;
  /** Puts a new value into the one secret whose name contains this. False: there is no one such. */
  put(name: string, text: string): boolean;
  stop(): Promise<void>;
}

/**
 * Secrets Manager, as far as functions use it: GetSecretValue by name or ARN. A container keeps a
 * value for five minutes.
 */
export async function startFakeSecrets(options: {
  readonly secrets: readonly SecretPlan[];
  readonly values: Map<string, string>;
  readonly count: (operation: string, caller: string) => void;
  readonly doorkeeper: IamEnforcer;
}): Promise<FakeSecrets> {
  const { secrets, values, count, doorkeeper } = options;
  const getSecretValue = (body: unknown, caller: string): { status: number; content: unknown } => {
    const { SecretId, VersionStage } = Request.parse(body);
    const secret = secrets.find(({ arn, name }) => SecretId === arn || SecretId === name);
    const ask = { action: 'secretsmanager:GetSecretValue', resource: secret?.arn ?? SecretId };
    const denial = doorkeeper.authorise(caller, () => [ask]);
    if (denial !== undefined) return { status: 400, content: { __type: 'AccessDeniedException', Message: denial.message } };
    if (secret === undefined || VersionStage !== 'AWSCURRENT') {
      return { status: 400, content: { __type: 'ResourceNotFoundException', Message: "Secrets Manager can't find the specified secret." } };
    }
    return {
      status: 200,
      content: {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: '00000000-0000-4000-8000-000000000001',
        VersionStages: ['AWSCURRENT'],
        SecretString: values.get(secret.arn),
      },
    };
  };
  const server = createServer(async (incoming, outgoing) => {
    const operation = operationOf(incoming);
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    count(operation, callerOf(incoming));
    const { status, content } =
      operation === 'GetSecretValue'
        ? getSecretValue(JSON.parse(body.toString() || '{}'), callerOf(incoming))
        : {
            status: 400,
            content: { __type: 'InvalidRequestException', Message: `The local stack knows GetSecretValue, not ${operation}.` },
          };
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(content));
  });
  const port = await listenOnLoopback(server, 0);
  const put = (name: string, text: string): boolean => {
    const named = secrets.filter((secret) => secret.name.includes(name));
    // One name may begin another. Behind the one that is meant stands nothing but what CDK adds.
    const exact = named.filter((secret) => /^[0-9A-F]{8}$/.test(secret.name.slice(secret.name.lastIndexOf(name) + name.length)));
    const [only, ...others] = exact.length > 0 ? exact : named;
    if (only === undefined || others.length > 0) return false;
    values.set(only.arn, text);
    return true;
  };
  return { endpoint: `http://127.0.0.1:${port}`, put, stop: () => closeServer(server) };
}
