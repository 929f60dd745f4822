import { expect, it } from 'vitest';
import { limits, servedFrom } from '../../../core/joining/limits.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, openHouse, shownIn } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const ravi = aProfile({ sid: idOf('ravi@example.com'), address: 'ravi@example.com' });
const office = '198.51.100.7';

async function anOffice() {
  const world = await aWebWorld(await freshTable(), { people: [ravi], distribution: openHouse });
  const ask = world.serve(pageRoutes(world.deps));
  const post = (path: string, form: Record<string, string>) => {
    const event = aPageEvent('POST', path, { form });
    event.requestContext.http.sourceIp = office;
    return ask(event);
  };
  const shown = shownIn((await ask(aPageEvent('GET', '/join/engineering-digest'))).body);
  world.clock.now = new Date(world.clock.now.getTime() + 3000);
  return {
    ...world,
    join: (address: string) => post('/join/engineering-digest', { address, shown, website: '' }),
    newLink: (address: string) => post('/new-link', { address }),
    /** So many colleagues have asked at a door within the hour. */
    crowd: async (name: 'join' | 'new-link', n: number) => {
      for (let i = 0; i < n; i += 1) await servedFrom(office, { name, realm: 'staff' }, { ...world.deps, identitySecret: 'identity' });
    },
    mailed: () => world.mails.splice(0).map(({ kind, subscriber }) => `${kind} ${subscriber === ravi.sid ? 'ravi' : 'other'}`),
  };
}

it('one mailbox gets three mails, with however many tags its address is typed', async () => {
  const { join, mailed } = await anOffice();
  for (let n = 0; n < 25; n += 1) await join(`victim+${n}@example.com`);
  expect(mailed()).toHaveLength(limits.mailbox.most);
});

it('an office that signs up all at once takes nobody’s new link away', async () => {
  const { join, newLink, crowd, mailed } = await anOffice();
  await crowd('join', limits.office.most + 10);
  expect(await join('new@example.com')).toMatchObject({ statusCode: 429, body: expect.stringContaining('Nothing was sent') });
  expect((await newLink('ravi@example.com')).body).toContain('a new link is on its way');
  expect(mailed()).toEqual(['new-link ravi']);
});

it('beyond its share an office is served as far as we know people, and the page says so, to everybody the same', async () => {
  const { join, crowd, mailed, profile } = await anOffice();
  await crowd('join', limits.network.most);
  const answers = [await join('ravi@example.com'), await join('new@example.com')].map(({ statusCode, body }) => `${statusCode} ${body}`);
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('Too many people asked within the last hour');
  expect(mailed()).toEqual(['already ravi']);
  expect(await profile(idOf('new@example.com'))).toBeUndefined();
});

it('a new link is refused in words where a network asks without end', async () => {
  const { newLink, crowd, mailed } = await anOffice();
  await crowd('new-link', limits.network.most + 1);
  await newLink('ravi@example.com');
  expect(mailed()).toEqual(['new-link ravi']);
  await crowd('new-link', limits.office.most);
  const [known, unknown] = [await newLink('ravi@example.com'), await newLink('new@example.com')];
  expect(known).toMatchObject({ statusCode: 429, headers: { 'retry-after': '3600' } });
  expect(unknown).toEqual(known);
  expect(mailed()).toEqual([]);
});
