/**
 * Runs in a process of its own: reads a stored edition as `deliver` does, and makes mails of it for
 * readers of a team and without one.
 */
import { performance } from 'node:perf_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import { mimeBytes } from '../../core/mail/mail-text.ts';
import { aProfile } from '../../test/support/delivery.ts';
import { teamNamed } from './relevance.ts';

export const MailsMeasured = z.object({
  /** Milliseconds until the first mail was made, reading included. */
  firstMs: z.number(),
  /** Of the processor, milliseconds a mail. */
  withTeamMs: z.number(),
  withoutTeamMs: z.number(),
  /** Mails of which the same bytes were made again from `made`. */
  sameBytes: z.number(),
  relevantCards: z.number(),
  mails: z.number(),
  loadedRss: z.number(),
  peakRss: z.number(),
});

const mails = 1000;

async function measure([tableName = '', endpoint = '', id = '', teams = '0']: readonly string[]): Promise<z.infer<typeof MailsMeasured>> {
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
  const store = dynamoEditionStore(openTable(tableName, client), () => new Date());
  const edition = await store.read(id);
  if (!edition?.content) throw new Error('nothing was composed');
  const makeMail = mailMaker({
    publicUrl: 'https://0123456789.execute-api.eu-central-1.amazonaws.com',
    sender: { name: 'Lessons', address: 'lessons@example.com' },
    keys: { kid: '1', key: 'measured and never sent' },
  });
  const loadedRss = process.memoryUsage.rss();
  const from = performance.now();
  const fragments = await store.readFragments(edition);
  const options = { withheld: new Set<string>(), attempt: 1, issuedAt: 1_800_000_000 };
  const profileOf = (team: string | undefined) => {
    const { team: _other, ...rest } = aProfile();
    return team === undefined ? rest : { ...rest, team };
  };
  const make = (team: string | undefined, cards?: string) =>
    makeMail(edition, fragments, profileOf(team), cards === undefined ? options : { ...options, cards });
  make(teamNamed(0));
  const firstMs = performance.now() - from;
  const teamOf = (n: number) => teamNamed(Number(teams) === 0 ? 0 : (n * 37) % Number(teams));
  const each = (team: (n: number) => string | undefined): number => {
    const before = process.cpuUsage();
    for (let n = 0; n < mails; n += 1) make(team(n));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / mails;
  };
  each(() => undefined);
  const withoutTeamMs = each(() => undefined);
  const withTeamMs = each(teamOf);
  let [sameBytes, relevantCards] = [0, 0];
  for (let n = 0; n < mails; n += 1) {
    const mail = make(teamOf(n));
    if (mail.kind !== 'mail') continue;
    const again = make(teamOf(n), mail.made.cards);
    if (again.kind === 'mail' && mimeBytes(again.mime).equals(mimeBytes(mail.mime))) sameBytes += 1;
    relevantCards += (mail.made.cards.match(/[A-C]/g) ?? []).length;
  }
  const peakRss = process.resourceUsage().maxRSS * 1024;
  return { firstMs, withTeamMs, withoutTeamMs, sameBytes, relevantCards, mails, loadedRss, peakRss };
}

if (process.send) {
  process.send(await measure(process.argv.slice(2)));
  process.disconnect();
}
