import { createServer } from 'node:http';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, expect, it } from 'vitest';
import { secretsReader } from '../../adapters/secrets/secrets-manager.ts';
import { closeServer, listenOnLoopback } from '../../local/http/listen.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Answers with each of these in turn; undefined is a failure that is not tried again. */
async function aSecretsManager(...answers: (string | undefined)[]) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    asked.push(JSON.parse(body).SecretId);
    const secret = answers.shift();
    response.writeHead(secret === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(secret === undefined ? { __type: 'ResourceNotFoundException' } : { SecretString: secret }));
  });
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  closing.push(() => closeServer(server));
  const client = new SecretsManagerClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  return { asked, read: secretsReader(client) };
}

it('asks for each secret once', async () => {
  const { asked, read } = await aSecretsManager('one', 'two');
  expect([await read('arn:1'), await read('arn:1'), await read('arn:2')]).toEqual(['one', 'one', 'two']);
  expect(asked).toEqual(['arn:1', 'arn:2']);
});

it('asks again after a failure', async () => {
  const { read } = await aSecretsManager(undefined, 'one');
  await expect(read('arn:1')).rejects.toThrow();
  expect(await read('arn:1')).toBe('one');
});

it('takes an empty secret for none', async () => {
  const { read } = await aSecretsManager('');
  await expect(read('arn:1')).rejects.toThrow('no text');
});
