import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const files = ['ferrow', 'tidemark', 'lumenpost'] as const;

const Entry = z.strictObject({
  name: z.string().regex(/^[a-z ]+: .+$/),
  title: z.string().min(1),
  body: z.string().min(1),
  change: z.string().min(1).optional(),
  file: z.enum(files),
  expect: z.enum(['refuse', 'look', 'pass']),
  leaks: z.array(z.string().min(2)).min(1).optional(),
  looks: z.array(z.string().min(2)).min(1).optional(),
  why: z.string().regex(/\.$/),
});
type Entry = z.infer<typeof Entry>;

const Company = z.object({
  people: z.record(z.string(), z.string()),
  mustNotLeave: z.object({ names: z.array(z.string()), customers: z.array(z.string()), domains: z.array(z.string()) }),
  doNotSay: z.array(z.string()),
});

const source = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const entriesOf = (file: string) => z.array(Entry).parse(JSON.parse(source(file)));
const context = z.record(z.enum(files), Company).parse(JSON.parse(source('context.json')));
const leaks = entriesOf('leaks.json');
const harmless = entriesOf('harmless.json');
const all = [...leaks, ...harmless];

const textOf = ({ title, body, change = '' }: Entry) => [title, body, change].join('\n');
const count = (entries: readonly Entry[], verdict: Entry['expect']) => entries.filter((entry) => entry.expect === verdict).length;
const namesOf = (entries: readonly Entry[]) => entries.map(({ name }) => name);

describe('the labelled external versions', () => {
  it('are as many of each label as the README says', () => {
    expect([count(leaks, 'refuse'), count(leaks, 'look'), leaks.length]).toEqual([45, 15, 60]);
    expect([count(harmless, 'pass'), count(harmless, 'look'), harmless.length]).toEqual([45, 15, 60]);
    expect(new Set(namesOf(all)).size).toBe(120);
  });

  it('name what they are about, as it stands in the text', () => {
    const named = ({ leaks = [], looks = [] }: Entry) => [...leaks, ...looks];

    expect(namesOf(all.filter((entry) => !named(entry).every((part) => textOf(entry).includes(part))))).toEqual([]);
    expect(namesOf(all.filter(({ expect, leaks }) => (expect === 'refuse') !== (leaks !== undefined)))).toEqual([]);
    expect(namesOf(all.filter(({ expect, looks }) => (expect === 'look') !== (looks !== undefined)))).toEqual([]);
  });

  it.each([
    ['leaks', leaks],
    ['harmless texts', harmless],
  ])('have the same kinds of %s in the half for building and in the half for the verdict', (_, entries) => {
    const kinds = (rest: number) => entries.filter((_, n) => n % 2 === rest).map(({ name }) => name.split(':')[0]);

    expect(kinds(1)).toEqual(kinds(0));
  });

  it('say nothing in a harmless text that configuration forbids, but for what a person is to look at', () => {
    const forbidden = ({ file }: Entry) => {
      const { people, mustNotLeave, doNotSay } = context[file];
      return [...Object.values(people), ...Object.values(mustNotLeave).flat(), ...doNotSay].map((text) => text.toLowerCase());
    };
    const rest = (entry: Entry) => (entry.looks ?? []).reduce((text, look) => text.replaceAll(look, ''), textOf(entry)).toLowerCase();

    expect(namesOf(harmless.filter((entry) => forbidden(entry).some((text) => rest(entry).includes(text))))).toEqual([]);
  });
});

describe('the files', () => {
  it.each(['leaks.json', 'harmless.json'])('%s holds no whole shape of a secret and nothing that cannot be seen', (file) => {
    const secrets =
      /AKIA[A-Z0-9]{16}|gh[a-z]_\w{36}|xox[a-z]-\w{10}|sk_live_\w{16}|eyJ[\w-]{8,}\.eyJ|hooks\.slack\.com\/services|-BEGIN (?:\w+ )?PRIVATE KEY-/g;
    const unseen = /[\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

    expect([...source(file).matchAll(secrets)].map(([found]) => found)).toEqual([]);
    expect([...source(file).matchAll(unseen)].map(({ index }) => source(file).slice(index - 20, index))).toEqual([]);
  });
});
