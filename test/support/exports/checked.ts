import { type ExportedRecord, type MappedRecord, type SeverityMapping, vendors } from '../../../core/exports/exported-record.ts';
import { readExport } from '../../../core/exports/read-export.ts';
import { checkAlone } from '../../../core/intake/check-alone.ts';
import { givenBy } from '../../../core/intake/given-by.ts';
import { readDocument } from '../../../core/postmortem/reading/read-document.ts';
import { aDistribution } from '../distribution.ts';

const now = new Date('2026-11-30T12:00:00Z');

/** The only record of an export. Throws if there are more, or if it is none. */
export function onlyRecord(value: unknown, severities: SeverityMapping = new Map()): ExportedRecord {
  const records = readExport(value, severities)?.records ?? [];
  const [first] = records;
  if (first === undefined || records.length > 1) throw new Error(`${records.length} records of ${vendors.join(', ')}`);
  return first;
}

export function onlyMapped(value: unknown, severities?: SeverityMapping): MappedRecord {
  const record = onlyRecord(value, severities);
  if (record.outcome !== 'mapped') throw new Error(`${record.outcome}: ${JSON.stringify(record)}`);
  return record;
}

const sent = ({ document }: MappedRecord) => ({ type: 'application/json', text: JSON.stringify(document) }) as const;

/** The postmortem that a record becomes. Throws `Refused` as intake would. */
export function postmortemOf(value: unknown, severities?: SeverityMapping) {
  const mapped = onlyMapped(value, severities);
  return readDocument(sent(mapped), givenBy(aDistribution(), now, mapped.id)).postmortem;
}

/** What a deployment with a digest and alerts would answer. */
export function checkedRecord(value: unknown, distribution = aDistribution()) {
  const mapped = onlyMapped(value);
  return checkAlone(sent(mapped), mapped.id, { distribution, now, asked: { history: mapped.isHistory } });
}
