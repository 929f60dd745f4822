import { createServer, request } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { movableClock } from '../../../local/clock.ts';
import { gateway } from '../../../local/gateway/gateway.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });

async function aLeaver() {
  const world = await aWebWorld(await freshTable(), { people: [ada] });
  const ask = world.serve(pageRoutes(world.deps));
  const link = `/u/${world.token({ scope: 'unsubscribe', subscriber: ada.sid, about: 'engineering-digest' })}`;
  return { ask, link, isOn: async () => (await world.profile(ada.sid))?.streams['engineering-digest']?.on };
}

const form = 'application/x-www-form-urlencoded';
const oneClick = 'List-Unsubscribe=One-Click';
const multipart = (end: string) =>
  ['--b', 'Content-Disposition: form-data; name="List-Unsubscribe"', '', 'One-Click', '--b--', ''].join(end);

/** What mail clients send, by RFC 8058 and otherwise: type, body. */
const posts: readonly (readonly [name: string, type: string | undefined, body: string])[] = [
  ['as the RFC says', form, oneClick],
  ['with a line end', form, `${oneClick}\r\n`],
  ['in another case', form, 'list-unsubscribe=one-click'],
  ['with a charset', `${form}; charset=UTF-8`, oneClick],
  ['with a charset that it does not have', `${form}; charset=utf-16`, oneClick],
  ['empty', form, ''],
  ['without type', undefined, oneClick],
  ['without type and body', undefined, ''],
  ['as plain text', 'text/plain', oneClick],
  ['as JSON', 'application/json', '{"List-Unsubscribe":"One-Click"}'],
  ['of a type that is none', '??', oneClick],
  ['multipart', 'multipart/form-data; boundary=b', multipart('\r\n')],
  ['multipart with bare line feeds', 'multipart/form-data; boundary=b', multipart('\n')],
  ['multipart without a boundary', 'multipart/form-data', multipart('\r\n')],
  ['longer than a form of ours', form, `${oneClick}&more=${'x'.repeat(100_000)}`],
];

describe('F23: a one-click POST leaves the stream whatever it looks like', () => {
  it.each(posts)('%s', async (_, type, body) => {
    for (const isBase64Encoded of [false, true]) {
      const { ask, link, isOn } = await aLeaver();
      const event = aPageEvent('POST', link, {
        headers: type === undefined ? {} : { 'content-type': type },
        ...(body !== '' && { body: isBase64Encoded ? Buffer.from(body).toString('base64') : body }),
      });
      expect(await ask({ ...event, isBase64Encoded })).toMatchObject({ statusCode: 200, body: '' });
      expect(await isOn()).toBe(false);
    }
  });

  it.each(posts)('through the local gateway: %s', async (_, type, body) => {
    const { ask, link, isOn } = await aLeaver();
    expect(await throughGateway(ask, link, 'POST', type, body)).toBe(200);
    expect(await isOn()).toBe(false);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('and %s with the same body does not', async (method) => {
    const { ask, link, isOn } = await aLeaver();
    await throughGateway(ask, link, method, form, oneClick);
    expect(await isOn()).toBe(true);
  });

  it.each([
    ['pressed nothing that there is', { press: 'everything' }],
    ['pressed a way to stay', { press: 'week' }],
  ])('but a page on which somebody %s is no mail client', async (_, pressed) => {
    const { ask, link, isOn } = await aLeaver();
    await ask(aPageEvent('POST', link, { form: pressed }));
    expect(await isOn()).toBe(true);
  });
});

/**
 * As the local stack hands requests on: over a socket, with the body decoded by its type. Answers
 * the status.
 */
async function throughGateway(
  ask: (event: APIGatewayProxyEventV2) => Promise<unknown>,
  link: string,
  method: string,
  type: string | undefined,
  body: string,
): Promise<number | undefined> {
  const functions = { invoke: async (_: string, event: unknown) => ({ kind: 'answered', value: await ask(event as never) }) };
  const server = createServer(gateway([{ key: 'ANY /u/{token}', functionArn: 'web' }], functions as never, movableClock()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const { port } = server.address() as { port: number };
    return await new Promise((done, failed) => {
      const sending = request({ port, host: '127.0.0.1', path: link, method, headers: type === undefined ? {} : { 'content-type': type } });
      sending.on('response', (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode));
      });
      sending.on('error', failed);
      sending.end(body);
    });
  } finally {
    server.close();
  }
}
