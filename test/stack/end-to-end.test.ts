import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { opsgeniePostmortem, statuspageIncident, statuspagePage } from '../support/exports/records.ts';
import { aRepository } from '../support/git-repository.ts';
import { madePackage } from '../support/made-package.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

/** The Monday whose digest tells of the week before it. */
const monday = '2026-11-23T08:00:00Z';
const lessons = `---
title: A Redis failover logged everyone out
severity: SEV-2
services: [sessions]
publishedAt: 2026-11-18T10:00:00Z
---
## Summary
The replica was eleven minutes behind.

## Root cause
Nobody watched replication lag.

## Action items
- [ ] Alarm on replication lag (Identity, 2026-12-04)
`;

interface Mail {
  readonly tags: Record<string, string>;
  readonly headers: Record<string, string>;
}

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack();
  const distribution = await readFile('samples/distribution.yaml', 'utf8');
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  await stack.importPeople([
    { address: 'ada@example.com', name: 'Ada', team: 'Storefront', role: 'engineering' },
    { address: 'grace@example.com', name: 'Grace', team: 'Payments', role: 'engineering' },
    { address: 'lea@example.com', name: 'Lea', role: 'leadership' },
  ]);
});
afterAll(() => stack.stop());

const inbox = async (query: string) => (await stack.call('GET', `/_local/inbox?${query}`)).body;

describe('a postmortem that is published', () => {
  it('is answered with what was stored, and the second time with nothing new', async () => {
    const first = await stack.call('PUT', '/postmortems/redis', lessons);
    expect(first).toMatchObject({
      status: 201,
      body: { id: 'redis', revision: 1, status: 'published', title: 'A Redis failover logged everyone out', outcome: 'new' },
    });
    expect(first.body.sections).toEqual(expect.arrayContaining(['summary', 'cause', 'actions']));
    expect(await stack.call('PUT', '/postmortems/redis', lessons)).toMatchObject({
      status: 200,
      body: { revision: 1, outcome: 'unchanged' },
    });
    const changed = lessons.replace('eleven', 'twelve');
    expect(await stack.call('PUT', '/postmortems/redis', changed)).toMatchObject({
      status: 200,
      body: { revision: 2, outcome: 'changed' },
    });
    expect(await stack.call('GET', '/postmortems/redis')).toMatchObject({ status: 200, body: { severity: 'sev2', revision: 2 } });
  });

  it('comes from a merge in Git, by the packaged command, and a second run changes nothing', async () => {
    await using origin = await aRepository();
    const before = await origin.commit({ 'pm/README.md': '# Postmortems' });
    origin.git('checkout', '--quiet', '-b', 'topic');
    const merged = lessons.replace('A Redis failover logged everyone out', 'A merge came from Git').replace('SEV-2', 'SEV-3');
    await origin.commit({ 'pm/from git.md': merged, 'pm/refused.md': merged.replace('SEV-3', 'huge') });
    origin.git('checkout', '--quiet', 'main');
    origin.git('merge', '--quiet', '--no-ff', '--message=merge', 'topic');
    const [{ path }, { command }] = await Promise.all([origin.cloneOf(1), madePackage()]);
    const env = {
      ...{ PATH: process.env.PATH, GITLAB_CI: 'true', CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' },
      ...{ CI_COMMIT_BEFORE_SHA: before, CI_COMMIT_SHA: origin.git('rev-parse', 'HEAD'), AFTERWORD_API: stack.url, AFTERWORD_KEY: 'local' },
    };
    const run = () => promisify(execFile)(process.execPath, [command, 'ci', 'pm'], { cwd: path, env }).catch((ended) => ended);

    expect(await run()).toMatchObject({ code: 1, stdout: expect.stringMatching(/1 new, 1 refused[\s\S]*refused\.md:3:11: severity/) });
    expect((await run()).stdout).toContain('1 unchanged, 1 refused');
    expect(await stack.call('GET', '/postmortems/from-git')).toMatchObject({ status: 200, body: { severity: 'sev3', revision: 1 } });
  });

  it('comes from an export; the digest and the list of editions show below who was told', async () => {
    const told = {
      impact: 'minor',
      postmortem_published_at: '2026-11-18T12:00:00Z',
      started_at: '2026-11-17T08:00:00Z',
      resolved_at: null,
    };
    await using folder = await aFolder({
      'incidents.json': JSON.stringify(
        statuspagePage(
          statuspageIncident({ id: 'new', name: 'An export came', ...told }),
          statuspageIncident({ id: 'old', name: 'A failure of long ago', impact: 'critical', postmortem_body: 'A disk was full.' }),
          statuspageIncident({ id: 'closed', name: 'Canary of a private export', private: true, ...told }),
        ),
      ),
      'opsgenie.json': JSON.stringify({ data: opsgeniePostmortem({ title: 'Canary of history' }) }),
    });
    const publish = () => afterword(['publish', '.', '--api', stack.url], { cwd: folder.path });

    expect(await publish()).toMatchObject({ code: 0, stdout: expect.stringContaining('4 new') });
    expect((await publish()).stdout).toContain('4 unchanged');
    expect((await stack.call('GET', '/postmortems/statuspage-old')).body).toMatchObject({
      severity: 'sev1',
      publishedAt: '2024-09-20T08:20:00Z',
    });
  });

  it('is found among those changed since', async () => {
    const { body } = await stack.call('GET', '/postmortems?since=2026-01-01T00:00:00Z');
    expect(body.postmortems.map(({ id }: { id: string }) => id)).toContain('redis');
  });
});

describe('what is refused', () => {
  const problem = (status: number, field?: string) => ({
    status,
    body: { status, ...(field && { errors: expect.arrayContaining([expect.objectContaining({ field, remedy: expect.any(String) })]) }) },
  });
  it('names the field and the remedy', async () => {
    expect(await stack.call('PUT', '/postmortems/x', '{', { 'content-type': 'application/json' })).toMatchObject(problem(400));
    expect(await stack.call('PUT', '/postmortems/x', { title: 'T', severity: 'apocalypse' })).toMatchObject(problem(422, 'severity'));
    expect(await stack.call('PUT', '/postmortems/Not_An_Id', { title: 'T' })).toMatchObject(problem(422, 'id'));
    for (const wrong of ['limit=0', 'limit=1001', 'cursor=later', 'cursor=', 'since=monday'])
      expect(await stack.call('GET', `/postmortems?${wrong}`)).toMatchObject(problem(422, wrong.replace(/=.*/, '')));
    expect(await stack.call('PUT', '/postmortems/x', 'a,b', { 'content-type': 'text/csv' })).toMatchObject(problem(415));
    expect(await stack.call('PUT', '/postmortems/x', 'x'.repeat(257 * 1024))).toMatchObject(problem(413));
    expect(await stack.call('PUT', '/postmortems/x', lessons, { authorization: 'Bearer wrong' })).toMatchObject(problem(401));
    expect(await stack.call('PUT', '/postmortems/x', lessons, { authorization: '' })).toMatchObject(problem(401));
    const { body } = await stack.call('POST', '/operator/keys', { label: 'producer', scopes: ['publish'] });
    expect(await stack.call('GET', '/operator/people', undefined, { authorization: `Bearer ${body.key}` })).toMatchObject(problem(403));
    expect(await stack.call('GET', '/postmortems/x')).toMatchObject(problem(404));
  });
});

describe('the weekly digest', () => {
  it('reaches every subscriber once, with the news and without what is restricted', async () => {
    const secret = await stack.call('PUT', '/postmortems/secret', {
      title: 'Canary never told',
      severity: 'sev3',
      restricted: true,
      publishedAt: '2026-11-18T11:00:00Z',
    });
    expect(secret.body).toMatchObject({ restricted: true, warnings: [expect.stringContaining('nobody is told')] });
    await stack.call('PUT', '/postmortems/odd', {
      title: 'Canary of odd visibility',
      severity: 'sev3',
      visibility: 'moon',
      publishedAt: '2026-11-18T11:00:00Z',
    });
    await stack.call('PUT', '/postmortems/draft', { title: 'Canary draft', severity: 'sev3', status: 'draft' });
    await stack.runDigest(monday);
    await stack.runDigest(monday);
    expect(await stack.drain()).toMatchObject({ drained: true, queues: 0, outbox: 0 });
    const mails = await inbox('subject=Redis');
    expect(mails.flatMap(({ to }: { to: string }) => to).toSorted()).toEqual(['ada@example.com', 'grace@example.com']);
    for (const mail of mails) {
      expect(mail.html).toContain('A Redis failover logged everyone out');
      expect(mail.text).toContain('Alarm on replication lag');
      expect(mail.text).toContain('A merge came from Git');
      expect(mail.text).toContain('An export came');
      expect(mail.text).toContain('/u/v1.');
      expect(mail.html + mail.text).not.toContain('Canary');
      expect(mail.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' });
      expect(mail.tags).toMatchObject({ edition: 'engineering-digest_2026-W47', slot: 'default', attempt: '1' });
    }
  });

  it('is on record with exact counts', async () => {
    const { body } = await stack.call('GET', '/operator/editions/engineering-digest_2026-W47');
    expect(body).toMatchObject({ state: 'complete', counts: { accepted: 2 }, inDoubt: [] });
    const list = await stack.call('GET', '/operator/editions');
    expect(list.body.editions).toEqual([expect.objectContaining({ edition: 'engineering-digest_2026-W47', state: 'complete' })]);
  });

  it('can be looked at beforehand, as one reader gets it, and nothing is sent', async () => {
    const sent = (await stack.truth()).length;
    const { status, body } = await stack.call('POST', '/operator/preview', {
      stream: 'engineering-digest',
      as: 'ada@example.com',
      at: monday,
    });
    expect(status).toBe(200);
    expect(body.text).toContain('because you are in Storefront');
    expect(await stack.truth()).toHaveLength(sent);
  });

  it('is not sent before it is due, whoever asks for it', async () => {
    const answer = await stack.call('POST', '/operator/send', { stream: 'engineering-digest', at: '2099-11-23T08:00:00Z' });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'at' }] } });
  });

  it('of a quiet week is a short notice', async () => {
    await stack.runDigest('2027-03-01T08:00:00Z');
    await stack.drain();
    const [mail] = await inbox('to=ada@example.com&limit=1');
    expect(mail.tags.edition).toBe('engineering-digest_2027-W08');
    expect(mail.text).toMatch(/Nothing was published/);
  });
});

describe('a Sev-1', () => {
  it('is told to leaders at once, and a later revision once more in its thread', async () => {
    const startedAt = stack.now().toISOString();
    const sev1 = { title: 'Checkout was down', severity: 'sev1', startedAt, summary: 'Retries kept the database down.' };
    await stack.call('PUT', '/postmortems/checkout', sev1);
    await stack.drain();
    const [mail, ...rest] = await inbox('subject=Checkout');
    expect(rest).toEqual([]);
    expect(mail).toMatchObject({ tags: { edition: 'sev1-alerts_checkout_r1' } });
    expect(mail.headers.References).toContain('incident-checkout@');
    const { References } = mail.headers;
    await stack.call('PUT', '/postmortems/checkout', { ...sev1, summary: 'Corrected.' });
    const told = async () =>
      (await inbox('subject=Checkout')).map(({ tags, headers }: Mail) => [tags.edition, headers.References]).toSorted();
    await expect.poll(told).toEqual([
      ['sev1-alerts_checkout_r1', References],
      ['sev1-alerts_checkout_r2', References],
    ]);
    await stack.drain();
    expect((await stack.truth()).filter(({ edition }) => edition.startsWith('sev1-alerts'))).toHaveLength(2);
  });
});

describe('the leadership brief', () => {
  const december = '2026-12-01T07:00:00Z';

  it('reaches leaders once, by its own schedule, with where the grave incidents stand', async () => {
    await stack.runSchedule('leadership-brief', december);
    await stack.runSchedule('leadership-brief', december);
    await stack.drain();
    const mails = (await inbox('to=lea@example.com')).filter(({ tags }: Mail) => tags.edition === 'leadership-brief_2026-11');
    expect(mails).toHaveLength(1);
    const [{ subject, text, html }] = mails;
    expect(subject).toMatch(/^November 2026: /);
    expect(text).toContain('A Redis failover logged everyone out');
    expect(text).toContain('because your role is leadership');
    expect(html).toContain('Promises by the month they were made');
    expect(html + text).not.toContain('Canary');
    const truth = (await stack.truth()).filter(({ edition }) => edition === 'leadership-brief_2026-11');
    expect(truth.map(({ to }) => to)).toEqual(['lea@example.com']);
  });

  it('is previewed by the code that sends it, and tells of the month that runs', async () => {
    const { status, body } = await stack.call('POST', '/operator/preview', { stream: 'leadership-brief', at: december });
    expect({ status, edition: body.edition }).toEqual({ status: 200, edition: 'leadership-brief_2026-11' });
    expect((await stack.call('POST', '/operator/preview', { stream: 'leadership-brief' })).body.edition).toMatch(
      /^leadership-brief_20\d\d-\d\d$/,
    );
  });

  it('is sent again to nobody, and streams that are not there are refused with what can be used', async () => {
    const send = (stream: string) => stack.call('POST', '/operator/send', { stream, at: '2026-11-01T07:00:00Z', evenIfOld: true });
    expect(await send('leadership-brief')).toMatchObject({ status: 202, body: { edition: 'leadership-brief_2026-10' } });
    expect(await send('customer-notices')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'stream', remedy: 'Use engineering-digest or leadership-brief or customer-impact.' }] },
    });
    await stack.drain();
  });
});

describe('the pages behind the links', () => {
  it('change nothing when they are looked at, and one press of a mail client leaves one stream', async () => {
    const [mail] = await inbox('to=ada@example.com&limit=1');
    const links = [...mail.text.matchAll(/http:\/\/localhost:\d+(\/[upr]\/\S+|\/view\/\S+)/g)].map(([, path]) => path);
    const streams = async (): Promise<string[]> => {
      const { body } = await stack.call('GET', '/operator/people?limit=100');
      return body.people.find(({ address }: { address: string }) => address === 'ada@example.com').streams;
    };
    const before = await streams();
    expect(links.length).toBeGreaterThanOrEqual(3);
    for (const link of links) expect(await stack.call('GET', link)).toMatchObject({ status: 200 });
    expect(await streams()).toEqual(before);

    const unsubscribe = links.find((link) => link?.startsWith('/u/')) ?? '';
    const post = await stack.call('POST', unsubscribe, 'List-Unsubscribe=One-Click', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(post.status).toBe(200);
    expect(await streams()).toEqual(before.filter((stream) => stream !== 'engineering-digest'));
  });
});

it('was denied nothing, though every call of a function is held against its role', async () => {
  const used: { function: string }[] = (await stack.call('GET', '/_local/usage')).body;
  expect(new Set(used.map(({ function: name }) => name)).size).toBeGreaterThanOrEqual(6);
  expect((await stack.call('GET', '/_local/denials')).body).toEqual([]);
});
