import { squeezeName } from '../field-names.ts';
import type { SentField } from '../reading.ts';
import type { SentFields } from '../sent-fields.ts';

/** Keys of a site generator's post. Beside them `date` is the day of the post. */
const ofPost = /^(?:layout|slug|author|authors|categories|category|permalink|excerpt|comments|featured_?image|image|type)$/i;
/** Keys of an incident. Beside them `date` is the day of the incident. */
const ofIncident = [
  'severity',
  'services',
  'incidentId',
  'resolvedAt',
  'detectedAt',
  'mitigatedAt',
  'owningTeam',
  'impactText',
  'customersAffected',
];

export const isBareDate = ({ as }: SentField): boolean => squeezeName(as) === 'date';

/** The fields of front matter, with the `date` of a blog post as the day of its publication. */
export function withDateOfPost(fields: SentFields, keys: readonly string[]): SentFields {
  const started = fields.get('startedAt') ?? [];
  const isPost = keys.some((key) => ofPost.test(key)) && !ofIncident.some((field) => fields.has(field));
  const [date] = started.filter(isBareDate);
  if (!isPost || date === undefined || started.length > 1 || fields.has('publishedAt')) return fields;
  return new Map([...fields].map(([field, several]) => (field === 'startedAt' ? ['publishedAt', [date]] : [field, several])));
}
