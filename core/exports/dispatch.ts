import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import {
  datesOf,
  distinct,
  type ExportedRecord,
  type Json,
  linkIn,
  recordIn,
  recordsIn,
  type SeverityMapping,
  severityOf,
  textIn,
  visibilityOf,
  withoutEmpty,
} from './exported-record.ts';

/** Whether this is an incident of Dispatch. */
export const isDispatch = (record: Json): boolean =>
  'reported_at' in record && ['incident_type', 'incident_priority', 'incident_severity'].filter((key) => key in record).length > 1;

const over: Readonly<Record<string, string>> = { stable: 'preliminary', closed: 'published' };

/**
 * Maps an incident that is over. Its review is a Google document, of which an export has the link
 * alone. What is not openly open is restricted.
 */
export function mapDispatch(record: Json, mapping: SeverityMapping): ExportedRecord {
  const ref = textIn(record, 'name') ?? textIn(record, 'id') ?? '';
  if (ref === '') return { outcome: 'refused', ref, field: 'name', problem: 'is missing', remedy: 'Export it again with its name.' };
  const status = over[(textIn(record, 'status') ?? '').toLowerCase()];
  if (status === undefined) return { outcome: 'left out', ref, why: 'it is not over' };
  const graded = textIn(recordIn(record, 'incident_severity'), 'name');
  const word = graded ?? textIn(recordIn(record, 'incident_priority'), 'name');
  const { date, isHistory, publishedAt } = datesOf(record, { incident: ['reported_at', 'stable_at'], opened: 'created_at' });
  const isOpen = [textIn(record, 'visibility'), textIn(recordIn(record, 'incident_type'), 'visibility') ?? 'open'].every(
    (visibility) => visibility?.toLowerCase() === 'open',
  );
  const id = idAtVendor('dispatch', ref);
  return {
    outcome: 'mapped',
    ref,
    id,
    isHistory,
    date,
    severity: word === undefined ? undefined : { field: graded === undefined ? 'incident_priority.name' : 'incident_severity.name', word },
    names: { summary: 'description', detectedAt: 'reported_at', mitigatedAt: 'stable_at', actionItems: 'tasks' },
    document: withoutEmpty({
      ...visibilityOf(record),
      ...(!isOpen && { restricted: true }),
      id,
      title: textIn(record, 'title'),
      severity: severityOf(word, mapping),
      status,
      detectedAt: textIn(record, 'reported_at'),
      mitigatedAt: textIn(record, 'stable_at'),
      publishedAt,
      authors: distinct([nameOf(recordIn(record, 'commander'))]),
      services: distinct(tags(record, true)),
      tags: distinct(tags(record, false)),
      summary: textIn(record, 'description'),
      resolution: textIn(record, 'resolution'),
      actionItems: recordsIn(record, 'tasks').flatMap(action),
      links: links(record),
    }),
  };
}

/** A participant, whose person stands inside, or the person. */
const nameOf = (participant: Json): string | undefined => {
  const person = 'individual' in participant ? recordIn(participant, 'individual') : participant;
  return textIn(person, 'name') ?? textIn(person, 'email');
};

const tags = (record: Json, areServices: boolean): (string | undefined)[] =>
  recordsIn(record, 'tags')
    .filter((tag) => /service/i.test(textIn(recordIn(tag, 'tag_type'), 'name') ?? '') === areServices)
    .map((tag) => textIn(tag, 'name'));

function action(task: Json): Json[] {
  const title = textIn(task, 'description');
  if (title === undefined) return [];
  const [assignee] = recordsIn(task, 'assignees');
  const isDone = textIn(task, 'status')?.toLowerCase() === 'resolved';
  return [
    withoutEmpty({
      title,
      owner: nameOf(recordIn(task, 'owner')) ?? (assignee && nameOf(assignee)),
      due: textIn(task, 'resolve_by')?.slice(0, 10),
      priority: textIn(task, 'priority'),
      status: isDone ? 'done' : 'open',
      link: linkIn(task, 'weblink'),
    }),
  ];
}

/** The review document first: people look there for what an export does not have. */
function links(record: Json): Json[] {
  const reviews = recordsIn(record, 'documents').filter((one) => /review/i.test(textIn(one, 'resource_type') ?? ''));
  const review = reviews.map((one) => ({ title: 'Review document', url: linkIn(one, 'weblink') }));
  const ticket = { title: 'Ticket', url: linkIn(recordIn(record, 'ticket'), 'weblink') };
  return [...review, ticket].filter(({ url }) => url !== undefined);
}
