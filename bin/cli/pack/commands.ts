import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { PackAnswer, type PackFormat } from '../../../core/operator/pack-api.ts';
import { packName } from '../../../core/pack/pack-name.ts';
import { dayArgument } from '../arguments.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { printable, printableLine } from '../printable.ts';
import type { Run, Session } from '../session.ts';

const packHelp = `
For whoever talks with a customer about renewing. It holds what was published for customers about incidents of one product, and figures of
those alone: how many, on how many days, how long they took. Nothing in it is internal, so that it can be passed on. DATE is the day from
which incidents count, in the organisation's zone. The key needs the scope read.

Without --out it prints Markdown. With it, DIR gets the same as HTML, which loads nothing, and as Markdown.

Examples:
  afterword pack --product Checkout --since 2026-07-01
  afterword pack --product Checkout --since 2026-07-01 --out renewal`;

interface PackOptions {
  readonly product: string;
  readonly since: string;
  readonly out?: string;
}

export function addPackCommand(program: Command, run: Run): void {
  program
    .command('pack')
    .description('write down what customers were told about incidents of one product')
    .requiredOption('--product <name>', 'as the distribution file names it')
    .requiredOption('--since <date>', 'the first day', dayArgument)
    .option('--out <dir>', 'write HTML and Markdown there, and not to the screen')
    .addHelpText('after', packHelp)
    .action((options: PackOptions, command: Command) => run(command, (session) => pack(session, options)));
}

async function pack({ api, terminal }: Session, { product, since, out }: PackOptions): Promise<ExitCode> {
  const ask = async (format: PackFormat) =>
    (await api({ method: 'GET', path: `operator/pack?${new URLSearchParams({ product, since, format })}` }, PackAnswer)).body;
  const markdown = await ask('markdown');
  const { incidents } = markdown;
  if (out === undefined) {
    terminal.say(printable(markdown.text).trimEnd());
    terminal.answer({ product: markdown.product, since, incidents, markdown: markdown.text });
    return exitCodes.ok;
  }
  const name = packName(markdown.product, markdown.since);
  const files = [
    { path: join(out, `${name}.html`), text: (await ask('html')).text },
    { path: join(out, `${name}.md`), text: markdown.text },
  ];
  for (const { path, text } of files) {
    try {
      await mkdir(out, { recursive: true });
      await writeFile(path, text);
    } catch (error) {
      throw new UsedWrongly(`Cannot write "${path}": ${error instanceof Error ? error.message : error}`);
    }
    terminal.say(`Wrote ${printableLine(path)}.`);
  }
  if (incidents === 0) terminal.warn('No incident notice of this product was published in this time.');
  terminal.answer({ product: markdown.product, since, incidents, files: files.map(({ path }) => path) });
  return exitCodes.ok;
}
