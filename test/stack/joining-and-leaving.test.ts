import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { formProof, readSessionText } from '../../core/access/session.ts';
import { sessionCookie } from '../../lambdas/shared/pages/current-session.ts';
import { begunSession } from '../support/begun-session.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const distribution = `organisation:
  name: Example Ltd
  zone: Europe/Berlin
  domains: [example.com]
senders:
  internal: { name: Afterword, address: afterword@example.com }
streams:
  engineering-digest:
    schedule: { every: week, on: monday, at: "09:00" }
    subscribe: [engineer]
    signUp: organisation
  leadership-brief:
    schedule: { every: month, on: 1, at: "08:00" }
    signUp: approval
    owner: olga@example.com
`;

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack();
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  await stack.call('PUT', '/postmortems/pm-1', { title: 'It failed', severity: 'sev3', publishedAt: '2026-11-18T10:00:00Z' });
});
/** Rejects where a role denied a function anything. */
afterAll(() => stack.stop());

const visit = async (path: string, form?: Record<string, string>, session?: string) => {
  const headers: Record<string, string> = session === undefined ? {} : { cookie: `${sessionCookie}=${session}` };
  const answer = await fetch(`${stack.url}${path}`, { headers, ...(form && { method: 'POST', body: new URLSearchParams(form) }) });
  return { status: answer.status, text: await answer.text() };
};
/** The newest mail to somebody, and where its button leads. */
async function mailTo(address: string) {
  await stack.drain();
  const [mail] = (await stack.call('GET', `/_local/inbox?to=${address}`)).body;
  const path = /https?:\/\/[^/\s]+(\/[a-z]+\/v1\.[\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  return { subject: String(mail?.subject), path, text: String(mail?.text) };
}
async function signUp(address: string, stream: string) {
  const shown = /name="shown" value="([^"]+)"/.exec((await visit(`/join/${stream}`)).text)?.[1] ?? '';
  await stack.call('POST', '/_local/clock', { advance: 'PT5S' });
  return visit(`/join/${stream}`, { address, shown, website: '' });
}
const addresses = async () => (await stack.call('GET', '/operator/people')).body.people.map(({ address }: { address: string }) => address);
const sweep = async () => {
  await stack.call('POST', '/_local/schedules/sweep/run', {});
  await stack.drain();
};

it('a stranger signs up, confirms by a press and gets the next digest', async () => {
  expect((await signUp('ada@example.com', 'engineering-digest')).text).toContain('Check your email');
  const confirm = await mailTo('ada@example.com');
  expect(confirm.subject).toContain('Confirm');
  expect((await visit(confirm.path)).text).toContain('Yes, it was me');
  expect(await addresses()).toEqual([]);
  expect((await visit(confirm.path, { press: 'confirm' })).text).toContain('You are subscribed');
  const welcome = await mailTo('ada@example.com');
  expect(welcome.subject).toContain('Welcome');
  expect((await visit(welcome.path)).status).toBe(200);

  await stack.runDigest('2026-11-23T08:00:00Z');
  await stack.drain();
  expect((await stack.truth()).filter(({ to, edition }) => to === 'ada@example.com' && edition.startsWith('engineering'))).toHaveLength(1);
});

it('the owner of a stream is asked by mail, presses, and both are told', async () => {
  await signUp('bob@example.com', 'leadership-brief');
  const confirm = await mailTo('bob@example.com');
  expect((await visit(confirm.path, { press: 'confirm' })).text).toContain('Waiting for approval');
  const asked = await mailTo('olga@example.com');
  expect(asked.subject).toContain('Someone wants to join');
  // A token may have any letters.
  expect(asked.text.replace(/https?:\S+/g, '')).not.toContain('bob');
  expect((await visit(asked.path)).text).toContain('bob@example.com');
  expect((await visit(asked.path, { press: 'approve' })).text).toContain('Approved');
  expect((await mailTo('bob@example.com')).subject).toContain('Welcome');
  const receipt = await mailTo('olga@example.com');
  expect(receipt.subject).toContain('Receipt');
  expect((await visit(receipt.path)).text).toContain('Approved');
});

it('a reader downloads what is stored and erases themselves; nothing of them is left and no import brings them back', async () => {
  const { path } = await mailTo('ada@example.com').then(() => newLinkOf('ada@example.com'));
  expect((await visit(`${path}/data`)).status).toBe(403);
  const holder =
    Buffer.from(path.split('.')[2] ?? '', 'base64url')
      .toString()
      .split(':')[2] ?? '';
  const [profile = { sid: holder }] = await dynamoPeopleStore(stack.table).readProfiles([{ realm: 'staff', sid: holder }]);
  const session = await begunSession(dynamoSessionStore(stack.table), profile, stack.now());
  const told = JSON.parse((await visit(`${path}/data`, undefined, session)).text);
  expect(told.profile).toMatchObject({ address: 'ada@example.com' });
  expect(told.mails.map(({ stream }: { stream: string }) => stream)).toEqual(expect.arrayContaining(['engineering-digest', 'service']));
  const { sid } = told.profile;
  const proof = formProof({ hash: readSessionText(session)?.hash ?? '' });

  expect((await visit(`${path}/erase`, undefined, session)).text).toContain('You cannot undo this');
  expect(await addresses()).toContain('ada@example.com');
  expect((await visit(`${path}/erase`, { press: 'erase', proof }, session)).text).toContain('You are erased');
  expect(await addresses()).not.toContain('ada@example.com');
  await stack.call('POST', '/_local/clock', { advance: 'PT1M' });
  await sweep();
  const editions = (await stack.call('GET', '/operator/editions/engineering-digest_2026-W47')).body;
  expect(editions.counts).toMatchObject({ accepted: 1 });
  const ranges = await stack.table.query('ED#engineering-digest_2026-W47#default#R#-', { consistent: true });
  expect(JSON.stringify(ranges.items)).not.toContain(sid);
  expect((await stack.table.query(`ED#engineering-digest_2026-W47#D#${sid[0]}`)).items).toEqual([]);
  const imported = await stack.importPeople([{ address: 'ada@example.com', role: 'engineer' }]);
  expect(imported).toMatchObject({ added: 0, refused: [{ forgotten: true }] });
  expect((await visit(`${path}/data`)).status).toBe(404);
});

it('an operator exports, moves and erases', async () => {
  const body = { person: 'bob@example.com' };
  expect((await stack.call('POST', '/operator/people/export', body)).body.people).toMatchObject([
    { profile: { address: 'bob@example.com' } },
  ]);
  expect(await stack.call('POST', '/operator/people/move', { ...body, address: 'bo@example.com' })).toMatchObject({ status: 200 });
  expect(await stack.call('POST', '/operator/people/erase', { person: 'bo@example.com' })).toMatchObject({ status: 200 });
  await stack.call('POST', '/_local/clock', { advance: 'P15D' });
  await sweep();
  await sweep();
  expect((await stack.table.query('OPEN#erasure', { index: true })).items).toEqual([]);
  expect(await addresses()).toEqual(['olga@example.com']);
});

it('a directory brings a reader into their team; the digest comes to them, and no more once they left', async () => {
  const mapping = 'directory:\n  groups:\n    - { group: Eng Payments, team: Payments, role: engineer }\n';
  await stack.call('PUT', '/operator/configuration', distribution + mapping, { 'content-type': 'text/yaml' });
  const { body: made } = await stack.call('POST', '/operator/keys', { label: 'Entra', scopes: ['scim'] });
  const headers = { authorization: `Bearer ${made.key}`, 'content-type': 'application/scim+json' };
  const scim = (method: string, path: string, body?: object) => stack.call(method, `/scim/v2${path}`, body, headers);
  const patch = (path: string, ...Operations: object[]) => scim('PATCH', path, { Operations });
  const digests = async () =>
    (await stack.truth()).filter(({ to, edition }) => to === 'cleo@example.com' && edition.startsWith('engineering')).length;

  const address = 'cleo@example.com';
  const user = await scim('POST', '/Users', { userName: 'cy@example.com', displayName: 'Cleo', active: true });
  const group = await scim('POST', '/Groups', { displayName: 'Eng Payments' });
  expect([user.status, group.status]).toEqual([201, 201]);
  await patch(`/Groups/${group.body.id}`, { op: 'Add', path: 'members', value: [{ value: user.body.id }] });
  expect((await patch(`/Users/${user.body.id}`, { op: 'Replace', path: 'userName', value: address })).body).toMatchObject({
    id: user.body.id,
    groups: [{ display: 'Eng Payments' }],
  });
  const { people } = (await stack.call('GET', '/operator/people?text=cleo')).body;
  expect(people).toMatchObject([{ address, team: 'Payments', role: 'engineer', streams: ['engineering-digest'] }]);

  await stack.call('PUT', '/postmortems/pm-2', { title: 'It failed again', severity: 'sev3', publishedAt: '2026-12-03T10:00:00Z' });
  await stack.drain();
  await stack.runDigest('2026-12-07T08:00:00Z');
  await stack.drain();
  expect(await digests()).toBe(1);

  expect((await patch(`/Users/${user.body.id}`, { op: 'Replace', path: 'active', value: 'False' })).status).toBe(200);
  await stack.call('PUT', '/postmortems/pm-3', { title: 'It failed once more', severity: 'sev3', publishedAt: '2026-12-08T10:00:00Z' });
  await stack.drain();
  await stack.runDigest('2026-12-14T08:00:00Z');
  await stack.drain();
  expect(await digests()).toBe(1);
  expect((await scim('DELETE', `/Users/${user.body.id}`)).status).toBe(204);
  expect(await addresses()).toContain(address);
});

/** Through the mail that the welcome was: its button leads to the preferences. */
async function newLinkOf(address: string) {
  const mails: { subject: string; text: string }[] = (await stack.call('GET', `/_local/inbox?to=${address}`)).body;
  const welcome = mails.find(({ subject }) => subject.startsWith('Welcome')) ?? expect.unreachable();
  return { path: /(\/p\/v1\.[\w.-]+)/.exec(welcome.text)?.[1] ?? '' };
}
