import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type LintContext, lintContext } from '../../core/notice/lint/lint-context.ts';

/** A labelled external version, with what has to be found in it. See external/README.md. */
export interface LabelledText {
  readonly name: string;
  /** Even: for the verdict. Odd: for building rules. */
  readonly index: number;
  readonly isLeak: boolean;
  readonly title: string;
  readonly body: string;
  readonly change?: string | undefined;
  readonly file: string;
  readonly expect: 'refuse' | 'look' | 'pass';
  readonly leaks: readonly string[];
  readonly looks: readonly string[];
}

const texts = z.array(z.string()).default([]);
const Entry = z.object({
  name: z.string(),
  title: z.string(),
  body: z.string(),
  change: z.string().optional(),
  file: z.string(),
  expect: z.enum(['refuse', 'look', 'pass']),
  leaks: texts,
  looks: texts,
});
const Company = z.object({
  company: z.string(),
  organisationDomains: texts,
  contact: z.object({ address: z.string(), url: z.string() }),
  products: texts,
  people: z.record(z.string(), z.string()),
  teams: texts,
  mustNotLeave: z.object({ names: texts, customers: texts, domains: texts }),
  doNotSay: texts,
});

const source = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`external/${name}.json`, import.meta.url), 'utf8'), (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('⟨+⟩', '') : value,
  );

/** All of them: 60 leaks, then 60 harmless ones. */
export const labelledTexts = (): LabelledText[] =>
  ['leaks', 'harmless'].flatMap((name) =>
    z
      .array(Entry)
      .parse(source(name))
      .map((entry, index) => ({ ...entry, index, isLeak: name === 'leaks' })),
  );

/** What the check knows of each company. */
export const contextsOfTexts = (): ReadonlyMap<string, LintContext> =>
  new Map(
    Object.entries(z.record(z.string(), Company).parse(source('context'))).map(([file, company]) => [
      file,
      lintContext({
        domains: company.organisationDomains,
        internalDomains: company.mustNotLeave.domains,
        contacts: Object.values(company.contact),
        organisation: company.company,
        products: company.products,
        people: Object.values(company.people),
        names: company.mustNotLeave.names,
        customers: company.mustNotLeave.customers,
        teams: company.teams,
        doNotSay: company.doNotSay,
      }),
    ]),
  );
