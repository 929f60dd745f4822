/**
 * What machines do to a mail before a person sees it, and what in the table must be the same
 * afterwards.
 */
import {
  auditPartition,
  joinRequestKey,
  openPartition,
  peoplePartition,
  profileKey,
  slotsPartition,
  streamPartition,
} from '../../adapters/dynamodb/table-shape.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { streams } from '../../core/stream/stream.ts';
import type { TestStack } from '../support/running-stack.ts';

export interface ScannedMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
/** Scanners by the headers that they send. Most of them pretend to be a browser. */
export const scanners: readonly (readonly [name: string, headers: Readonly<Record<string, string>>])[] = [
  ['rewrites links and tries them in a browser’s name', { 'user-agent': chrome, accept: 'text/html', 'x-ms-safelinks': '1' }],
  [
    'opens links in a sandbox',
    { 'user-agent': `${chrome} Edg/141.0.0.0`, 'x-proofpoint-urldefense': 'v3', 'sec-fetch-site': 'cross-site' },
  ],
  ['names itself', { 'user-agent': 'BarracudaCentral/2.0 (link protection)' }],
  ['loads ahead, the old way', { 'user-agent': `${chrome} Edge/12.246`, purpose: 'prefetch', 'x-moz': 'prefetch' }],
  ['loads ahead, the new way', { 'user-agent': chrome, 'sec-purpose': 'prefetch;prerender', 'sec-fetch-mode': 'navigate' }],
];

/**
 * Every address in a mail: links and resources in its HTML, and addresses in its text and headers.
 */
export function addressesIn({ html, text, headers }: Pick<ScannedMail, 'html' | 'text' | 'headers'>): string[] {
  const attributes = [...html.matchAll(/\b(?:href|src|action|background|poster)\s*=\s*"([^"]*)"/gi)].map(([, url = '']) => url);
  const styles = [...html.matchAll(/url\(\s*['"]?([^'")]+)/gi)].map(([, url = '']) => url);
  const spoken = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  const offered = Object.values(headers).flatMap((value) => [...value.matchAll(/<(https?:[^>]+)>/g)].map(([, url = '']) => url));
  const all = [...attributes, ...styles, ...spoken, ...offered].map((url) => url.replaceAll('&amp;', '&').replace(/[).,;]+$/, ''));
  return [...new Set(all.filter((url) => /^https?:/i.test(url)))];
}

const methods = ['GET', 'HEAD', 'OPTIONS'] as const;

/**
 * Makes every scanner try every address of each mail with every method, mail by mail as scanners
 * do. Returns how often each status came.
 */
export async function scan(
  mails: readonly Pick<ScannedMail, 'html' | 'text' | 'headers'>[],
  abreast: number,
): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const ask = async (url: string, method: string, headers: Readonly<Record<string, string>>) => {
    const { status } = await fetch(url, { method, headers, redirect: 'manual' }).then(async (answer) => {
      await answer.arrayBuffer();
      return answer;
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  await fewAtATime(
    mails,
    async (mail) => {
      const addresses = addressesIn(mail);
      for (const [, headers] of scanners) for (const method of methods) for (const url of addresses) await ask(url, method, headers);
    },
    abreast,
  );
  return statuses;
}

/**
 * Everything that decides who gets what, item by item as it is stored. `requests`: ids of requests
 * to join.
 */
export async function whoGetsWhat({ table }: TestStack, sids: readonly string[], requests: readonly string[] = []): Promise<string[]> {
  const items: unknown[] = [];
  for (const sid of sids.toSorted()) items.push(await table.read(profileKey('staff', sid)));
  for (const id of requests) items.push(await table.read(joinRequestKey(id)));
  for (const stream of streams) {
    const slots = ['default'];
    for await (const slot of table.queryAll(slotsPartition(stream))) {
      slots.push(String(slot.sk));
      items.push(slot);
    }
    for (const slot of slots)
      for (const d of '0123456789abcdef') for await (const row of table.queryAll(streamPartition(stream, slot, d))) items.push(row);
  }
  for (const d of '0123456789abcdef') {
    for await (const listed of table.queryAll(peoplePartition(d), { index: true })) items.push(listed);
    for await (const suppressed of table.queryAll(`SUPPRESSED#${d}`)) items.push(suppressed);
  }
  for await (const erasure of table.queryAll(openPartition('erasure'), { index: true })) items.push(erasure);
  return items.map(inOneOrder);
}

/** Engines return the attributes of an item in any order. */
const inOneOrder = (item: unknown): string =>
  JSON.stringify(item, (_, value: unknown) => {
    if (value instanceof Set) return [...value].toSorted();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

/** Lines of the audit log from the months around now. */
export async function auditLines({ table }: TestStack, now: Date): Promise<Readonly<Record<string, unknown>>[]> {
  const months = [-1, 0, 1].map((n) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + n, 1)).toISOString().slice(0, 7));
  const lines: Readonly<Record<string, unknown>>[] = [];
  for (const month of months)
    for await (const { act, who, facts } of table.queryAll(auditPartition(month, 'staff'))) lines.push({ act, who, ...(facts as object) });
  return lines;
}
