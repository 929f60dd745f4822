import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import * as z from 'zod';
import { readBackstage } from '../core/catalog/backstage/read-backstage.ts';
import { readDistribution } from '../core/distribution/apply-distribution.ts';
import { ConfigurationAnswer, ImportAnswer } from '../core/operator/api.ts';
import { CatalogAnswer, CatalogPutAnswer } from '../core/operator/catalog-api.ts';
import { weekMs } from '../core/shared/duration.ts';
import { shiftSample } from '../samples/shift-dates.ts';
import { playNotices } from './sample-notices.ts';
import { playReaders, untilNextMorning } from './sample-readers.ts';
import { occurrencesOf } from './scheduler/occurrences.ts';
import type { LocalStack } from './stack.ts';
import { localApi } from './start/api.ts';
import type { Report } from './start/report.ts';

const Rows = z.array(z.record(z.string(), z.string()));
const Posts = z.array(z.object({ channel: z.string() }));
const Truth = z.array(z.object({ edition: z.string().nullable(), to: z.string() }));

/**
 * The streams whose latest editions the samples show. The digest comes last, so that its mail is
 * the newest.
 */
const brief = 'leadership-brief';
const digest = 'engineering-digest';
const weeklyTest = { stream: 'customer-impact', to: 'julia.sommer@example.com' };

/**
 * Loads the samples over HTTP, as a user would. Then runs the latest leadership brief and the
 * digest of the latest week. Loading them again changes nothing.
 */
export async function loadSamples(stack: LocalStack, folder: string, now: Date, report: Report): Promise<void> {
  const api = localApi(stack.url);
  const edition = latestEdition(stack, digest, now);

  const distribution = await readFile(join(folder, 'distribution.yaml'), 'utf8');
  await report.step(
    'the sample distribution is applied',
    async () => ConfigurationAnswer.parse(await api.call('PUT', '/operator/configuration', distribution, 'text/yaml')),
    ({ applied }) => (applied ? 'Distribution file applied' : 'Distribution file unchanged'),
  );
  await report.step('the sample catalogue is imported', () => importCatalog(api, join(folder, 'catalog')), toldCatalog);
  await report.step('the sample people are imported', () => importPeople(api, join(folder, 'people.csv')), told);
  await report.step('the sample customers are imported', () => importPeople(api, join(folder, 'customers.csv')), toldCustomers);
  await report.step(
    'what happened a year ago is published',
    () => publish(api, join(folder, 'archive'), edition ?? now),
    (count) => `${count} ${count === 1 ? 'postmortem' : 'postmortems'} of a year ago published, which no mail tells as news`,
  );
  if (edition) {
    await report.step(
      'an earlier digest is sent',
      () => tellEarlier(api, folder, edition),
      (count) =>
        count > 0
          ? 'The digest of the week before sent, with what was corrected since and what nobody in a team read'
          : 'The digest of the week before was sent',
    );
  }
  const accounts = await report.step(
    'an incident is told as it goes on',
    () => publishEarlier(api, join(folder, 'earlier'), edition ?? now),
    (count) => (count > 0 ? `${count} earlier accounts of an incident published, one after the other` : 'The incident was told before'),
  );
  await report.step(
    'the sample postmortems are published',
    () => publish(api, join(folder, 'postmortems'), edition ?? now),
    (count) => `${count} postmortems published, from the last ten weeks`,
  );
  await untilTold(api);
  await report.step('posts stand in Slack', () => untilPosted(api), postsTold);
  if (edition === undefined) return;
  // It counts who is in which team, and without that nothing is said of readers.
  await api.call('POST', '/_local/schedules/drift/run', JSON.stringify({}));
  await api.call('POST', '/_local/drain');
  await report.step(
    'the latest brief and digest are sent',
    async () => {
      const due = latestEdition(stack, brief, now);
      if (due) await run(api, brief, due);
      await run(api, digest, edition);
      // Nobody has chosen the summary yet, so it is shown by a test mail.
      if (accounts > 0) await api.call('POST', '/operator/test', JSON.stringify({ ...weeklyTest, at: edition.toISOString() }));
      await api.call('POST', '/_local/drain');
      return Truth.parse(await api.call('GET', '/_local/truth'));
    },
    (truth) => mailsTold(truth, edition, stack),
  );
  await report.step(
    'customers are told',
    () => playNotices(stack.url, api),
    (isNew) =>
      isNew
        ? `Customers told: one notice approved, one sent back, one withdrawn (${stack.url}/customers/incidents). The clock is eleven minutes ahead, for the hold`
        : 'Customers were told before',
  );
  await report.step('readers say what was useful', () => readAndThank(api, distribution), toldReaders);
}

/** What readers press, and the morning after it. Undefined: they did so before. */
async function readAndThank(api: Api, distribution: string) {
  const presses = await playReaders(api);
  return presses === 0 ? undefined : { presses, morning: await untilNextMorning(api, readDistribution(distribution).distribution) };
}

const toldReaders = (played: Awaited<ReturnType<typeof readAndThank>>) =>
  played === undefined
    ? 'Readers said before what was useful'
    : `${played.presses} presses of readers. The clock shows the next working morning, ${played.morning.toISOString().slice(0, 10)}: what they read counts, reminders and thanks leave`;

type Api = ReturnType<typeof localApi>;

const run = (api: Api, stream: string, at: Date) =>
  api.call('POST', `/_local/schedules/${stream}/run`, JSON.stringify({ at: at.toISOString() }));

/** When the latest edition of a stream was due. Undefined if the template has no such schedule. */
const latestEdition = ({ plan }: LocalStack, stream: string, now: Date): Date | undefined => {
  const schedule = plan.schedules.find(({ name }) => name.includes(stream));
  return schedule && occurrencesOf(schedule, now).latest(new Date(0), now);
};

async function importPeople(api: Api, file: string): Promise<ImportAnswer> {
  const read = Rows.parse(parseCsv(await readFile(file, 'utf8'), { columns: true, skip_empty_lines: true, trim: true }));
  const rows = read.map((row, n) => ({ ...row, line: n + 2 }));
  const sum: ImportAnswer = {
    added: 0,
    changed: 0,
    unchanged: 0,
    restored: 0,
    staff: [],
    withoutStreams: 0,
    linesWithoutStreams: [],
    linesSuspended: [],
    unknownTeams: [],
    refused: [],
  };
  for (let n = 0; n < rows.length; n += 100) {
    const answer = ImportAnswer.parse(await api.call('POST', '/operator/people/import', JSON.stringify({ rows: rows.slice(n, n + 100) })));
    sum.added += answer.added;
    sum.changed += answer.changed;
    sum.unchanged += answer.unchanged;
    sum.refused.push(...answer.refused);
  }
  return sum;
}

/** The whole catalogue, over whichever is there. */
async function importCatalog(api: Api, folder: string): Promise<CatalogPutAnswer> {
  const names = (await readdir(folder)).toSorted();
  const files = await Promise.all(
    names.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8'), format: 'yaml' as const })),
  );
  const { head } = CatalogAnswer.parse(await api.call('GET', '/operator/catalog'));
  const { content } = readBackstage(files);
  return CatalogPutAnswer.parse(await api.call('PUT', `/operator/catalog?readHash=${head?.hash ?? 'none'}`, JSON.stringify(content)));
}

const toldCatalog = ({ outcome, services, teams }: CatalogPutAnswer) =>
  outcome === 'put' ? `Service catalogue imported: ${services} services, ${teams} teams` : 'Service catalogue unchanged';

const toldCustomers = ({ added }: ImportAnswer) => (added > 0 ? `${added} customers imported` : 'The customers were here');
const told = ({ added, changed, unchanged, refused }: ImportAnswer) =>
  `${added} people imported${unchanged + changed > 0 ? `, ${unchanged + changed} were here` : ''}${refused.length > 0 ? `, ${refused.length} refused` : ''}`;

async function publish(api: Api, folder: string, now: Date): Promise<number> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted();
  for (const file of files) {
    const text = shiftSample(await readFile(join(folder, file), 'utf8'), now);
    await api.call('PUT', `/postmortems/${basename(file, '.md')}`, text, 'text/markdown');
  }
  return files.length;
}

/** It matters much to a team in which nobody reads it, so the latest digest brings it back. */
const unread = 'maintenance-that-was-too-thorough';

/**
 * Sends the digest of the week before: accounts that the samples correct, and what comes back.
 * Once they are corrected, they stay so.
 */
async function tellEarlier(api: Api, folder: string, edition: Date): Promise<number> {
  const corrected = (await readdir(join(folder, 'corrected'))).map((file) => join('corrected', file));
  let told = 0;
  for (const file of [...corrected, join('postmortems', `${unread}.md`)]) {
    const id = basename(file, '.md');
    if (await isThere(api, id)) continue;
    await api.call('PUT', `/postmortems/${id}`, shiftSample(await readFile(join(folder, file), 'utf8'), edition), 'text/markdown');
    told += 1;
  }
  if (told === 0) return 0;
  await api.call('POST', '/_local/drain');
  await run(api, digest, new Date(edition.getTime() - weekMs));
  await api.call('POST', '/_local/drain');
  return told;
}

/**
 * Publishes what was known of an incident before its postmortem was final, each account once the
 * mails about the one before have left. The number of accounts; none if the postmortem is there.
 */
async function publishEarlier(api: Api, folder: string, now: Date): Promise<number> {
  let count = 0;
  for (const id of (await readdir(folder)).toSorted()) {
    if (await isThere(api, id)) continue;
    for (const file of (await readdir(join(folder, id))).toSorted()) {
      const text = shiftSample(await readFile(join(folder, id, file), 'utf8'), now);
      await api.call('PUT', `/postmortems/${id}`, text, 'text/markdown');
      await untilTold(api);
      count += 1;
    }
  }
  return count;
}

const isThere = (api: Api, id: string): Promise<boolean> =>
  api.call('GET', `/postmortems/${id}`).then(
    () => true,
    () => false,
  );

const Waiting = z.object({ updates: z.int() });
const longestLooks = 20;

/** Until no incident update waits any more. They wait for seconds on a laptop. */
async function untilTold(api: Api): Promise<void> {
  for (let looks = 0; looks < longestLooks; looks += 1) {
    const { updates } = Waiting.parse(await api.call('POST', '/_local/drain'));
    if (updates === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const WaitingPosts = z.object({ posts: z.int() });

/** Until no post waits any more, which takes a second for each in the same channel. */
async function untilPosted(api: Api): Promise<z.infer<typeof Posts>> {
  for (let looks = 0; looks < longestLooks; looks += 1) {
    const { posts } = WaitingPosts.parse(await api.call('POST', '/_local/drain'));
    if (posts === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return Posts.parse(await api.call('GET', '/_local/slack'));
}

const postsTold = (posts: z.infer<typeof Posts>) =>
  `${posts.length} posts of the last two weeks in ${new Set(posts.map(({ channel }) => channel)).size} channels of Slack`;

function mailsTold(truth: z.infer<typeof Truth>, edition: Date, { plan }: LocalStack): string {
  const zone = plan.schedules.find(({ name }) => name.includes(digest))?.zone ?? 'UTC';
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(edition);
  const mailsOf = (stream: string) => truth.filter((line) => line.edition?.startsWith(stream)).length;
  const latest =
    truth
      .flatMap(({ edition: id }) => (id?.startsWith(digest) ? [id] : []))
      .toSorted()
      .at(-1) ?? digest;
  const [digests, briefs] = [mailsOf(latest), mailsOf(brief)];
  const earlier = mailsOf(digest) - digests;
  const others = truth.length - digests - earlier - briefs;
  const besides = [
    earlier > 0 && `${earlier} of the week before`,
    briefs > 0 && `${briefs} leadership briefs`,
    others > 0 && `${others} others such as Sev-1 alerts`,
  ].filter(Boolean);
  return `Digest of ${when} (${zone}) sent: ${digests} mails${besides.length > 0 ? `, ${besides.join(', ')}` : ''}`;
}
