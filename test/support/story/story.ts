import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { aRunningStack, type StackChanges, type TestStack } from '../running-stack.ts';

export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly acceptedAt: string;
}
export interface Sent {
  readonly edition: string;
  readonly to: string;
  readonly attempt: number;
  readonly acceptedAt: string;
}

export const dayMs = 86_400_000;
/** The day in Berlin, where the company of the samples is. */
export const berlinDay = (at: Date | string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' }).format(new Date(at));

/** An installation over weeks, seen and used from outside only. */
export interface Story {
  readonly stack: TestStack;
  /** Moves the clock there and waits until there is no work left. */
  until(at: string): Promise<void>;
  /** Every mail since the last time that this was called belongs to all of them, oldest first. */
  mails(): Promise<readonly Mail[]>;
  sent(): Promise<readonly Sent[]>;
  publish(id: string, document: object | string): Promise<void>;
  /** The form of a page behind a link, as a browser sends it. Answers the page that comes then. */
  send(path: string, fields: Readonly<Record<string, string>>): Promise<string>;
  look(path: string): Promise<{ readonly status: number; readonly body: string }>;
  /** The newest link of a kind in the mails to somebody, as a path. */
  linkTo(address: string, kind: 'decisions' | 'reminders' | 'receipts'): Promise<string | undefined>;
}

export async function samplePeople(): Promise<Record<string, string>[]> {
  return parse(await readFile('samples/people.csv', 'utf8'), { columns: true, skip_empty_lines: true });
}

export async function aStory(changes: StackChanges, file: string, people: readonly Record<string, string>[]): Promise<Story> {
  const stack = await aRunningStack(changes);
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: '' };
  expect((await stack.call('PUT', '/operator/configuration', file, { 'content-type': 'text/yaml' })).status).toBe(200);
  await stack.importPeople(people);
  const all = new Map<string, Mail>();
  let since = stack.now().toISOString();

  const mails = async () => {
    const from = since;
    const { body } = await stack.call('GET', `/_local/inbox?since=${encodeURIComponent(from)}`);
    const found: Mail[] = body.toReversed();
    for (const mail of found) all.set(mail.id, mail);
    since = found.at(-1)?.acceptedAt ?? from;
    return [...all.values()];
  };
  /** A message of a function that ran out of time on a busy machine comes again after some minutes. */
  const drained = async (at: string) => {
    for (let minutes = 0; minutes < 12; minutes += 1) if ((await stack.drainForAMinute()).drained) return;
    throw new Error(`work is left at ${at}: ${JSON.stringify((await stack.call('GET', '/_local/queues')).body)}`);
  };
  return {
    stack,
    mails,
    sent: () => stack.truth(),
    async until(at) {
      const seconds = Math.ceil((Date.parse(at) - stack.now().getTime()) / 1000);
      // What came before took seconds of its own.
      if (seconds < -3600) throw new Error(`${at} is over: it is ${stack.now().toISOString()}`);
      if (seconds > 0) await stack.call('POST', '/_local/clock', { advance: `PT${seconds}S` });
      await drained(at);
      await mails();
    },
    async publish(id, document) {
      const { status, body } = await stack.call('PUT', `/postmortems/${id}`, document);
      expect([200, 201], `${id}: ${JSON.stringify(body)}`).toContain(status);
      await drained(id);
    },
    async look(path) {
      const { status, body } = await stack.call('GET', path, undefined, { authorization: '' });
      return { status, body: String(body) };
    },
    async send(path, fields) {
      const { body } = await stack.call('POST', path, new URLSearchParams(fields).toString(), form);
      await drained(path);
      return String(body);
    },
    async linkTo(address, kind) {
      const link = new RegExp(`https?://[^/\\s]+(/${kind}/v1\\.[A-Za-z0-9._-]+)`);
      return (await mails())
        .filter(({ to }) => to === address)
        .toReversed()
        .flatMap(({ text }) => link.exec(text)?.[1] ?? [])[0];
    },
  };
}

export interface Choice {
  readonly what: 'fund' | 'accept the risk' | 'defer' | 'need more';
  readonly until?: string;
  readonly reason?: string;
}

/** What a reviewer chooses for each action on the page of a postmortem, by the words of its title. */
export async function decide(
  { look, send }: Story,
  path: string,
  choose: (title: string, n: number) => Choice | undefined,
  { signs = false } = {},
): Promise<string> {
  const { status, body: page } = await look(path);
  expect(status, path).toBe(200);
  const body = page.slice(page.lastIndexOf('<form', page.indexOf('value="decide"')));
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const titles = [...body.matchAll(/id="t-([0-9a-f]{16})"[^>]*>([^<]*)</g)];
  const chosen = titles.flatMap(([, key = '', title = ''], n) => {
    const choice = body.includes(`name="what.${key}"`) ? choose(title, n) : undefined;
    return choice ? Object.entries({ until: '', reason: '', ...choice }).map(([name, value]) => [`${name}.${key}`, value] as const) : [];
  });
  return send(path, {
    press: 'decide',
    ...Object.fromEntries(hidden),
    ...Object.fromEntries(chosen),
    ...(signs && { sign: 'yes', leave: 'yes' }),
  });
}

/** The postmortems that wait on a reviewer's page, as they are listed there. */
export async function waiting({ look }: Story, path: string): Promise<string[]> {
  const { body } = await look(path);
  return [...new Set([...body.matchAll(/href="[^"]*\/decisions\/v1\.[A-Za-z0-9._-]+\/([a-z0-9-]+)"/g)].flatMap(([, id]) => id ?? []))];
}

/** The actions that somebody's page of reminders lets them answer. */
export async function asked({ look }: Story, path: string): Promise<{ name: string; title: string }[]> {
  const { body } = await look(path);
  return [...body.matchAll(/name="action" value="([^"]+)"/g)].flatMap(([, name], n, found) =>
    name !== undefined && found.findIndex(([, other]) => other === name) === n ? [{ name, title: name }] : [],
  );
}
