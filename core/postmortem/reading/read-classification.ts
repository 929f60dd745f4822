import type { Severity, Status } from '../postmortem.ts';
import {
  findSeverity,
  findStatus,
  guessSeverity,
  isRestrictedBy,
  knownSeverities,
  knownStatuses,
  readFlag,
  type SeverityNames,
} from './classification-words.ts';
import { readLine, short } from './read-values.ts';
import type { Reading, SentField } from './reading.ts';
import type { SentFields } from './sent-fields.ts';

/**
 * Reads severity, status and restriction. An unknown severity or status is refused. An unknown
 * visibility restricts.
 */
export const readClassification = (fields: SentFields, names: SeverityNames, reading: Reading) => ({
  severity: readSeverity(fields, names, reading),
  status: readStatus(fields, reading),
  restricted: readRestricted(fields, reading),
});

function readSeverity(fields: SentFields, names: SeverityNames, reading: Reading): Severity | undefined {
  const given = firstLine(fields.get('severity'), reading);
  const unread = given === undefined ? reading.unread.find(({ field }) => field === 'severity') : undefined;
  if (unread !== undefined) {
    const remedy = `Write one of ${knownSeverities(names)}, or add the name to \`severities\` in the distribution file.`;
    reading.warnings.push(`It says "${unread.written}", which ${unread.why}: it counts as unclassified. ${remedy}`);
    return 'unclassified';
  }
  if (given === undefined) {
    reading.warnings.push(`No severity was given: it counts as unclassified. Known are ${knownSeverities(names)}.`);
    return 'unclassified';
  }
  const severity = findSeverity(given.line, names.aliases);
  if (severity === undefined) {
    const meant = guessSeverity(given.line, names);
    const remedy = `${meant ? `Did you mean ${meant}? ` : ''}Known: ${knownSeverities(names)}. Or leave it out.`;
    reading.flaws.push({ field: given.as, problem: `"${short(given.line)}" is no severity here`, remedy });
  }
  return severity;
}

function readStatus(fields: SentFields, reading: Reading): Status | undefined {
  if (isCalledDraft(fields)) return 'draft';
  const given = firstLine(fields.get('status'), reading);
  if (given === undefined) return undefined;
  const status = findStatus(given.line);
  if (status === undefined) {
    reading.flaws.push({
      field: given.as,
      problem: `"${short(given.line)}" is not a known status`,
      remedy: `Use one of ${knownStatuses}.`,
    });
  }
  return status;
}

/**
 * `draft: true` or `published: false`, as site generators write it, whatever the status says. A
 * value that is not understood does not allow publication.
 */
const isCalledDraft = (fields: SentFields): boolean =>
  (fields.get('draft') ?? []).some(({ value }) => value !== '' && readFlag(value) !== false) ||
  (fields.get('publishedAt') ?? []).some(({ value }) => readFlag(value) === false);

/** Any field that restricts wins, and so does any that is not understood. */
function readRestricted(fields: SentFields, reading: Reading): boolean {
  const judged = [
    ...(fields.get('restricted') ?? []).map((sent) => ({ ...sent, restricts: readFlag(sent.value) })),
    ...(fields.get('visibility') ?? []).map((sent) => ({ ...sent, restricts: isRestrictedBy(sent.value, sent.as) })),
  ];
  for (const { as } of judged.filter(({ restricts }) => restricts === undefined)) {
    reading.warnings.push(
      `"${as}" was not understood, so this postmortem counts as restricted and is sent to nobody. Say \`restricted: false\` instead.`,
    );
  }
  return (
    judged.some(({ restricts }) => restricts !== false) ||
    isMarked(
      judged.some(({ restricts }) => restricts === false),
      reading,
    )
  );
}

/**
 * Whether the document says outside its fields that it is restricted. `isOpen`: a field says
 * plainly that everybody may see it.
 */
function isMarked(isOpen: boolean, { marks, warnings }: Reading): boolean {
  const valid = marks.filter(({ isPlain }) => isPlain || !isOpen);
  for (const { quote, isPlain } of valid.slice(0, mostMarksTold)) {
    const remedy = isPlain ? 'remove that' : 'remove that, or say `restricted: false`';
    warnings.push(`It says "${quote}", so it counts as restricted and nobody is told of it. If everybody may read it, ${remedy}.`);
  }
  const [overruled] = marks;
  if (valid.length === 0 && overruled) warnings.push(`It says "${overruled.quote}" and is told all the same, because a field says so.`);
  return valid.length > 0;
}
const mostMarksTold = 3;

function firstLine(several: readonly SentField[] | undefined, reading: Reading): (SentField & { line: string }) | undefined {
  for (const sent of several ?? []) {
    const line = readLine(sent, reading);
    if (line !== undefined) return { ...sent, line };
  }
  return undefined;
}
