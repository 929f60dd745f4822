import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { PreviewAnswer, type PreviewRequest as Request, TestAnswer, type When } from '../../../core/operator/api.ts';
import type { Frequency, StreamName } from '../../../core/stream/stream.ts';
import { dateHelp } from '../arguments.ts';
import { complaintsOf, readDistribution } from '../configuration/read-distribution.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { printable, printableLine } from '../printable.ts';
import { readDocument } from '../publish/read-document.ts';
import type { Session } from '../session.ts';

export const previewHelp = `
Nothing is stored or sent, except with --to. --to mails the edition to one person who was imported: yourself, to try it before anybody
gets it. The subject then begins with "Test:". The test shows everything, also what the person leaves out, and it counts nowhere: they
still get the real edition. One test of each stream leaves in a minute; a second one is refused. The key needs the scopes send and people.

DATE is ${dateHelp};
it means the edition that is due then. Without it, the next one. Without --out, the text part is printed.

--distribution shows the mail as it would be with that file, before it is applied: its brand, its names, its streams.

A preview of sev1-alerts, or of customer-impact with --postmortem, shows the next mail about the incident: what changed since the last
one, or that it is taken back. Where nothing is left to tell, it shows the incident as it stands, or the mail that took it back.

relevant-incidents takes --postmortem, too. People of the teams to which it matters much read the reason: name one of them with --as. Others
see the card without it, and would get no mail.

--draft reads a file that is not published, as publish does, and shows it as if it were published now. A test of it has nothing else in it.

--frequency means: of engineering-digest weekly, monthly, or published for the mail about one postmortem; of customer-impact published
for the mail about one incident, or weekly for the summary.

Examples:
  afterword preview engineering-digest
  afterword preview engineering-digest --as amara.okafor@example.com --at 2026-11-23 --out preview/
  afterword preview leadership-brief --at 2026-11-01
  afterword preview engineering-digest --distribution distribution.yaml --out preview/
  afterword preview engineering-digest --frequency monthly
  afterword preview engineering-digest --frequency published --postmortem one-regular-expression-took-every-processor
  afterword preview sev1-alerts --postmortem one-regular-expression-took-every-processor
  afterword preview relevant-incidents --postmortem one-regular-expression-took-every-processor --as amara.okafor@example.com
  afterword preview customer-impact --frequency weekly
  afterword preview engineering-digest --draft postmortem.md
  afterword preview engineering-digest --to ada@example.com`;

type PreviewRequest = z.output<typeof Request>;

export interface PreviewOptions {
  readonly as?: string;
  /** Mails the edition to this person. */
  readonly to?: string;
  readonly at?: When;
  readonly postmortem?: string;
  readonly frequency?: Frequency;
  readonly out?: string;
  /** A distribution file to use in place of the one in force. */
  readonly distribution?: string;
  /** A file that is not published yet. */
  readonly draft?: string;
}

/** Shows the mail that would be sent, or mails it to one person. */
export async function preview(session: Session, stream: StreamName, { to, draft: file, ...given }: PreviewOptions): Promise<ExitCode> {
  const options = { ...given, ...(file !== undefined && { draft: await draftOf(file) }) };
  if (to === undefined) return show(session, stream, options);
  const { as, out, distribution, ...wanted } = options;
  if (as !== undefined || out !== undefined || distribution !== undefined)
    throw new UsedWrongly('--to mails the edition, so it cannot be used with --as, --out or --distribution. No mail was sent.');
  return sendTest(session, stream, { to, ...wanted });
}

/** What is sent instead of the file's name. */
type Asked<Options> = Omit<Options, 'draft'> & Pick<PreviewRequest, 'draft'>;

/** Throws `UsedWrongly` for a file that cannot be read. */
async function draftOf(file: string): Promise<PreviewRequest['draft']> {
  const read = await readDocument(file);
  if ('complaints' in read)
    throw new UsedWrongly(`"${file}" ${read.complaints.map(({ problem, remedy }) => `${problem}. ${remedy}`).join(' ')}`);
  const { id, type, bytes } = read;
  const text = Buffer.from(bytes).toString('utf8');
  return { text, type: type === 'application/json' ? type : 'text/markdown', ...(id !== undefined && { id }) };
}

/** Mails an edition to one person, as a test that counts nowhere. */
export async function sendTest(
  { api, terminal }: Session,
  stream: StreamName,
  wanted: Asked<Omit<PreviewOptions, 'as' | 'out' | 'to' | 'distribution'>> & { to: string },
): Promise<ExitCode> {
  const body = JSON.stringify({ stream, ...wanted });
  const { body: sent } = await api({ method: 'POST', path: 'operator/test', body, type: 'application/json' }, TestAnswer);
  terminal.say(
    sent.existed
      ? 'This person got a test of this stream less than a minute ago. No mail was sent. Wait a minute.'
      : `A test of ${sent.shows} is being composed and will be sent: ${printableLine(sent.subject)}`,
    `See what became of it: afterword edition ${sent.edition}`,
  );
  terminal.answer(sent);
  return sent.existed ? exitCodes.refused : exitCodes.ok;
}

async function show(
  { api, terminal }: Session,
  stream: StreamName,
  { out, distribution: file, ...wanted }: Asked<Omit<PreviewOptions, 'to'>>,
): Promise<ExitCode> {
  const read = file === undefined ? undefined : await readDistribution(file);
  if (file !== undefined && read && 'flaws' in read) {
    terminal.complain(complaintsOf(file, read.flaws));
    terminal.answer({ file, flaws: read.flaws });
    return exitCodes.refused;
  }
  const body = JSON.stringify({ stream, ...wanted, distribution: read?.text });
  const { body: mail } = await api({ method: 'POST', path: 'operator/preview', body, type: 'application/json' }, PreviewAnswer);
  if (out === undefined) {
    const head = headOf(mail).map(([name, value]) => `${terminal.colours.bold(`${name}:`)} ${printableLine(value)}`);
    terminal.say(...head, '', printable(mail.text).trimEnd());
  } else {
    const written = await writeMail(out, mail);
    terminal.say(`${mail.edition}, ${Math.ceil(mail.size / 1024)} KB: ${printableLine(mail.subject)}`, ...written);
  }
  terminal.answer(mail);
  return exitCodes.ok;
}

/** What a mail program shows of it. An older stage tells only the subject. */
const headOf = ({ from, to, replyTo, subject, headers }: PreviewAnswer): [name: string, value: string][] => [
  ...(from ? ([['From', from]] satisfies [string, string][]) : []),
  ...(from ? ([['To', to ?? '(each reader)']] satisfies [string, string][]) : []),
  ...(replyTo
    ? ([['Reply-To', headers['Reply-To'] ?? `${replyTo} (the sender: brand.replyTo names nobody else)`]] satisfies [string, string][])
    : []),
  ['Subject', subject],
];

async function writeMail(folder: string, mail: PreviewAnswer): Promise<string[]> {
  const { html, text, headers } = mail;
  const head = headOf(mail);
  const others = Object.entries(headers).filter(([name]) => !head.some(([known]) => known === name));
  const lines = [...head, ...others].map(([name, value]) => `${name}: ${value}\n`);
  const parts = { 'mail.html': html, 'mail.txt': text, 'headers.txt': lines.join('') };
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(parts)) await writeFile(join(folder, name), content);
  } catch (error) {
    throw new UsedWrongly(`Cannot write into "${folder}": ${error instanceof Error ? error.message : error}`);
  }
  return Object.keys(parts).map((name) => join(folder, name));
}
