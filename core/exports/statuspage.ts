import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import {
  datesOf,
  distinct,
  type ExportedRecord,
  type Json,
  linkIn,
  recordsIn,
  type SeverityMapping,
  severityOf,
  textIn,
  visibilityOf,
  withoutEmpty,
} from './exported-record.ts';

/** Whether this is an incident of Statuspage, of its public page or of its API. */
export const isStatuspage = (record: Json): boolean =>
  Array.isArray(record.incident_updates) && ['shortlink', 'postmortem_body', 'page_id'].some((key) => key in record);

/**
 * Maps an incident that has a postmortem. A public page tells it as an update, the API beside the
 * updates. Other incidents are left out: there is nothing in them to learn from.
 */
export function mapStatuspage(record: Json, mapping: SeverityMapping): ExportedRecord {
  const ref = textIn(record, 'id') ?? '';
  const updates = recordsIn(record, 'incident_updates');
  const told = updates.find((update) => textIn(update, 'status') === 'postmortem' && textIn(update, 'body') !== undefined);
  const body = textIn(record, 'postmortem_body') ?? (told && textIn(told, 'body'));
  if (ref === '') return { outcome: 'refused', ref, field: 'id', problem: 'is missing', remedy: 'Export it again with its id.' };
  if (record.postmortem_ignored === true) return { outcome: 'left out', ref, why: 'somebody said that it needs no postmortem' };
  if (body === undefined) return { outcome: 'left out', ref, why: 'it has no postmortem' };

  const publishedAt = textIn(record, 'postmortem_published_at') ?? (told && timeOf(told));
  const isPublished = publishedAt !== undefined || textIn(record, 'status') === 'postmortem';
  const dates = datesOf(
    { ...record, ...(publishedAt !== undefined && { postmortem_published_at: publishedAt }) },
    { published: 'postmortem_published_at', incident: ['started_at', 'resolved_at'], opened: 'created_at' },
  );
  const word = textIn(record, 'impact');
  return {
    outcome: 'mapped',
    ref,
    id: idAtVendor('statuspage', ref),
    isHistory: dates.isHistory,
    date: dates.date,
    severity: word === undefined ? undefined : { field: 'impact', word },
    names: {
      title: 'name',
      severity: 'impact',
      startedAt: 'started_at',
      resolvedAt: 'resolved_at',
      publishedAt: 'postmortem_published_at',
    },
    document: withoutEmpty({
      ...visibilityOf(record),
      id: idAtVendor('statuspage', ref),
      title: textIn(record, 'name'),
      severity: severityOf(word, mapping),
      status: isPublished ? 'published' : 'draft',
      startedAt: textIn(record, 'started_at'),
      resolvedAt: textIn(record, 'resolved_at'),
      publishedAt: dates.publishedAt,
      services: distinct([...recordsIn(record, 'components'), ...updates.flatMap(affected)].map((one) => textIn(one, 'name'))),
      body,
      timeline: timeline(updates),
      links: [linkIn(record, 'shortlink')].filter(Boolean).map((url) => ({ title: 'Statuspage', url })),
    }),
  };
}

const affected = (update: Json): readonly Json[] => recordsIn(update, 'affected_components');
const timeOf = (update: Json): string | undefined => textIn(update, 'display_at') ?? textIn(update, 'created_at');

/** Statuspage lists the newest update first. The postmortem among them is read as the text. */
const timeline = (updates: readonly Json[]) =>
  updates
    .filter((update) => textIn(update, 'status') !== 'postmortem' && textIn(update, 'body') !== undefined)
    .map((update) => withoutEmpty({ at: timeOf(update), event: textIn(update, 'body') }))
    .toReversed();
