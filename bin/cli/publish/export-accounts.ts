import { type Vendor, vendorLabels, vendors } from '../../../core/exports/exported-record.ts';
import { counted, printableLine } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import type { Gathered, Mapped } from './gather.ts';
import { named } from './report.ts';
import { isStored, type SendResult } from './send-documents.ts';

/** What was mapped how of the exports of one vendor. */
interface ExportAccount {
  readonly vendor: Vendor;
  readonly taken: number;
  /** Each word for a severity, and what it was stored as. */
  readonly severities: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  /** The fields of the vendor that date the postmortems. */
  readonly dates: readonly { readonly from: string; readonly isHistory: boolean; readonly count: number }[];
  readonly restricted: readonly string[];
  readonly leftOut: readonly { readonly why: string; readonly files: readonly string[] }[];
}

/** The accounts of a run, of each vendor of which an export was read. */
export function accountsOf({ found, leftOut, vendors: seen }: Gathered, sent: readonly SendResult[]): ExportAccount[] {
  const results = new Map(sent.map((one) => [one.file, one]));
  return vendors.flatMap((vendor) => {
    const out = leftOut.filter((one) => one.vendor === vendor);
    const of = found.flatMap(({ file, mapped }) => {
      const result = results.get(file);
      return mapped?.vendor === vendor && result !== undefined && isStored(result) ? [{ file, mapped, result }] : [];
    });
    if (!seen.has(vendor)) return [];
    const severities = of.map(({ mapped, result }) => ({ from: wordOf(mapped), to: result.severity ?? 'unclassified' }));
    const dates = of.map(({ mapped }) => ({ from: mapped.date ?? '--published-at', isHistory: mapped.isHistory }));
    return [
      {
        vendor,
        taken: of.length,
        severities: countsOf(severities),
        dates: countsOf(dates),
        restricted: of.filter(({ result }) => result.restricted).map(({ file }) => file),
        leftOut: [...Map.groupBy(out, ({ why }) => why)].map(([why, several]) => ({ why, files: several.map(({ file }) => file) })),
      },
    ];
  });
}

const wordOf = ({ severity }: Mapped): string => (severity === undefined ? 'nothing' : `${severity.field} "${severity.word}"`);

const countsOf = <T extends object>(several: readonly T[]): (T & { count: number })[] =>
  [...Map.groupBy(several, (one) => JSON.stringify(one)).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ ...first, count: alike.length }];
  });

/** Says by mapping, not by record, what became of exports. */
export function sayAccounts(accounts: readonly ExportAccount[], { say, colours }: Terminal): void {
  for (const { vendor, taken, severities, dates, restricted, leftOut } of accounts) {
    say('', `${colours.bold(vendorLabels[vendor])}: ${counted(taken, 'record')} taken`);
    const lines = [
      ...severities.map(({ from, to, count }) => `severity ${to}, from ${from}: ${count}`),
      ...dates.map(({ from, isHistory, count }) => `dated by ${from}${isHistory ? ', as history, of which no mail tells' : ''}: ${count}`),
      ...(restricted.length > 0 ? [`restricted, told to nobody: ${restricted.length} (${named(restricted)})`] : []),
      ...leftOut.map(({ why, files }) => `left out, because ${why}: ${files.length} (${named(files)})`),
    ];
    say(...lines.map((line) => `  ${printableLine(line)}`));
  }
}
