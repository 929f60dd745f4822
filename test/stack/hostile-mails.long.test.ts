import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weekOf } from '../../core/calendar/week.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { expectHarmlessMail } from '../support/harmless-mail.ts';
import { heavyAttacks } from '../support/hostile/attacks.ts';
import { poisons } from '../support/hostile/poisons.ts';
import { readMail } from '../support/mail-shape.ts';
import { type Answer, aRunningStack, type TestStack } from '../support/running-stack.ts';
import { signedBySes, verdict } from '../support/signed-by-ses.ts';

let stack: TestStack;
/**
 * An alert is news, so that these are published now; their digest is due after the week that runs.
 */
let published: string;
let answers: { attack: string; becomes: string; answer: Answer }[];
let mails: { id: string; to: string; subject: string; tags: Record<string, string>; text: string }[];

/** The same words in every field that takes lines, and in every field that takes text. */
const inLines = (poison: string) => ({
  title: `Told ${poison}`,
  services: [poison],
  owningTeam: poison,
  authors: [poison],
  tags: [poison],
  actionItems: [{ title: `Do ${poison}`, owner: poison, team: poison }],
});
const inTexts = (poison: string) => ({
  title: 'Told in texts',
  summary: `Summary ${poison}`,
  customerImpact: { text: `Impact ${poison}` },
  rootCauses: [`Cause ${poison}`],
  trigger: poison,
  resolution: poison,
  lessons: { wentWrong: [`Learnt ${poison}`], gotLucky: [poison] },
  support: { say: [`Say ${poison}`] },
  timeline: [{ at: '09:14', event: `Then ${poison}` }],
  sections: [{ heading: 'More', body: `More ${poison}` }],
});

beforeAll(async () => {
  stack = await aRunningStack();
  published = toInstant(stack.now());
  await stack.call('PUT', '/operator/configuration', await readFile('samples/distribution.yaml', 'utf8'), { 'content-type': 'text/yaml' });
  await stack.importPeople([
    { address: 'ana@example.com', name: 'Ana', team: '{{ses:openTracker}} <script>', role: 'engineering' },
    { address: 'lea@example.com', name: 'Lea', role: 'leadership' },
  ]);
  const heavy = heavyAttacks.map(({ name, type, body, becomes }, i) => async () => ({
    attack: name,
    becomes,
    answer: await stack.call('PUT', `/postmortems/heavy-${i}`, body, { 'content-type': type }),
  }));
  const light = poisons.map((poison, i) => async () => {
    const put = (document: object) =>
      stack.call('PUT', `/postmortems/light-${i}`, { severity: isGrave(i) ? 'sev1' : 'sev2', publishedAt: published, ...document });
    const whole = await put({ ...inTexts(poison), ...inLines(poison) });
    // What may stand on no line may still stand in a text.
    return { attack: JSON.stringify(poison), becomes: 'either', answer: whole.status === 422 ? await put(inTexts(poison)) : whole };
  });
  answers = [];
  for (const several of batches([...heavy, ...light], 10)) answers.push(...(await Promise.all(several.map((send) => send()))));
  await stack.runDigest(weekOf(stack.now(), 'Europe/Berlin').end);
  await stack.drain();
  mails = (await stack.call('GET', '/_local/inbox?limit=1000')).body;
});
afterAll(() => stack.stop());

const batches = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
const wereRead = () => answers.filter(({ answer }) => answer.status === 201).map(({ answer }) => answer.body.id);
/** Of those, what says anywhere that it is restricted is told to nobody. */
const isTold = (id: string) => !answers.find(({ answer }) => answer.body.id === id)?.answer.body.restricted;
const isGrave = (n: number) => n % 6 === 0;
const raw = async (id: string) => Buffer.from((await stack.call('GET', `/_local/inbox/${id}/raw`)).body, 'latin1');
const expectHarmless = async ({ id, to, subject, tags }: (typeof mails)[number]) =>
  expectHarmlessMail(await raw(id), {
    subject,
    to,
    pages: stack.url,
    isAlert: tags.edition?.startsWith('sev1-alerts') ?? false,
    isDelivered: true,
  });

describe('intake', () => {
  it('refuses what is aimed at parsers, with a reason, and takes what only looks it', () => {
    const wrong = answers.filter(({ becomes, answer }) => becomes !== 'either' && (becomes === 'read') !== (answer.status === 201));
    expect(wrong.map(({ attack, answer }) => `${attack}: ${answer.status}`)).toEqual([]);
  });

  it('says of everything that it refuses what is wrong and how to mend it', () => {
    const refused = answers.filter(({ answer }) => answer.status !== 201);
    const silent = refused.filter(({ answer: { status, body } }) => {
      const isReasoned =
        body.errors?.length > 0 && body.errors.every((one: { problem: string; remedy: string }) => one.problem && one.remedy);
      return ![400, 422].includes(status) || !isReasoned;
    });
    expect(refused.length).toBeGreaterThan(25);
    expect(silent.map(({ attack, answer }) => `${attack}: ${JSON.stringify(answer)}`)).toEqual([]);
  });

  it('takes most of what is only meant to hurt whoever shows it', () => {
    expect(wereRead().length).toBeGreaterThan(poisons.length * 0.9);
  });
});

describe('the mails', () => {
  it('are a digest that tells of every attack that was taken, and an alert for each grave one', () => {
    const digest = mails.find(({ to }) => to === 'ana@example.com');
    const ids = wereRead().filter(isTold);
    expect(wereRead().length - ids.length).toBe(1);
    expect(ids.filter((id) => !new RegExp(`/${id}$`, 'm').test(digest?.text ?? ''))).toEqual([]);
    const alerts = mails.filter(({ tags }) => tags.edition?.startsWith('sev1-alerts')).map(({ tags }) => tags.edition);
    const grave = ids.filter((id) => id.startsWith('light-') && isGrave(Number(id.slice('light-'.length))));
    expect(grave.length).toBeGreaterThan(5);
    expect(alerts.toSorted()).toEqual(grave.map((id) => `sev1-alerts_${id}_r1`).toSorted());
  });

  it('are built of nothing but our own parts', async () => {
    for (const mail of mails) await expectHarmless(mail);
  });

  it('bear a signature as they were accepted', async () => {
    for (const { id } of mails.slice(0, 10)) expect(await verdict(await signedBySes(await raw(id)))).toMatchObject({ result: 'pass' });
  });

  it('say what was written, as text', async () => {
    const digest = mails.find(({ to }) => to === 'ana@example.com');
    const { text, html } = await readMail(await raw(digest?.id ?? ''));
    expect(text).toContain('<script>alert(1)</script>');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
