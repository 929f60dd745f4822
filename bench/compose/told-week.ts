import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Postmortem, Postmortem as Schema } from '../../core/postmortem/postmortem.ts';
import { severityAliases } from '../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../core/postmortem/reading/read-markdown.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { anIncident } from './incidents.ts';

/** So many instants spread over one week. */
const within = (start: Date, count: number): Date[] =>
  Array.from({ length: count }, (_, n) => new Date(start.getTime() + Math.floor(((n + 0.5) / count) * 6.9 * 24 * 3600) * 1000));

/**
 * The postmortems of the week that is told: invented ones, or the Markdown files of a folder with
 * their publication moved into that week.
 */
export async function toldWeek(start: Date, count: number, folder: string | undefined): Promise<Postmortem[]> {
  if (folder === undefined) return within(start, count).map((at, n) => anIncident(100_000 + n, at));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted();
  const days = within(start, files.length);
  return Promise.all(
    files.map(async (name, n) => {
      const text = await readFile(join(folder, name), 'utf8');
      const { postmortem } = readMarkdown(text, { id: basename(name, '.md'), aliases: severityAliases({}), now: start });
      return Schema.parse({ ...postmortem, publishedAt: toInstant(days[n] ?? start), status: 'published', restricted: false });
    }),
  );
}
