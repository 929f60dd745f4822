import type { Severity, Status } from '../postmortem.ts';
import {
  findSeverity,
  findStatus,
  guessSeverity,
  isAmbiguousSeverity,
  isRestrictedBy,
  knownSeverities,
  knownStatuses,
  readFlag,
  type SeverityNames,
} from './classification-words.ts';
import { raisedSeverityIn, severityNameIn, statusWordIn } from './facts/written-words.ts';
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

/** Severities of status pages, which count in a way of their own: cState. */
const toolWords = new Set(['down', 'disrupted', 'notice']);

function readSeverity(fields: SentFields, names: SeverityNames, reading: Reading): Severity | undefined {
  const known = knownSeverities(names);
  const unclassified = (warning: string): Severity => {
    reading.warnings.push(warning);
    return 'unclassified';
  };
  const given = firstLine(fields.get('severity'), reading);
  const unread = reading.unread.find(({ field }) => field === 'severity');
  if (given === undefined && unread !== undefined) {
    const remedy = `Write one of ${known}, or add the name to \`severities\` in the distribution file.`;
    return unclassified(`It says "${unread.written}", which ${unread.why}: it counts as unclassified. ${remedy}`);
  }
  if (given === undefined && reading.severityLine !== undefined) {
    const remedy = `If that is its severity, write a line such as "Severity: ${known.split(', ')[0]}" below the title. Known are ${known}.`;
    return unclassified(
      `It says "${short(reading.severityLine)}", which was not read as its severity: it counts as unclassified. ${remedy}`,
    );
  }
  if (given === undefined) return unclassified(`No severity was given: it counts as unclassified. Known are ${known}.`);
  const severity = findSeverity(severityNameIn(given.line, names.aliases) ?? '', names.aliases);
  const raised = raisedSeverityIn(given.line, names.aliases);
  if (raised !== undefined)
    reading.warnings.push(`It says "${short(`${given.as}: ${given.line}`)}": ${raised} counts, because it was raised.`);
  if (severity !== undefined) return severity;
  if (isAmbiguousSeverity(given.line, names.aliases)) {
    return unclassified(
      `"${short(given.line)}" in ${given.as} could be another severity in your numbering: it counts as unclassified. Write one of ${known}.`,
    );
  }
  if (toolWords.has(given.line.toLowerCase())) {
    const remedy = `Write one of ${known}, or add "${given.line}" to the \`aliases\` of a severity in the distribution file.`;
    return unclassified(`"${given.line}" in ${given.as} is no severity here: it counts as unclassified. ${remedy}`);
  }
  const meant = guessSeverity(given.line, names);
  const remedy = `${meant ? `Did you mean ${meant}? ` : ''}Known: ${known}. Or leave it out.`;
  reading.flaws.push({ field: given.as, problem: `"${short(given.line)}" is no severity here`, remedy });
  return undefined;
}

function readStatus(fields: SentFields, reading: Reading): Status | undefined {
  if (isCalledDraft(fields)) return 'draft';
  if (fields.get('title')?.[0]?.value === titleOfTemplate) {
    const remedy = 'Give it a title of its own.';
    reading.warnings.push(`The title is still "${titleOfTemplate}", that of the template, so it counts as a draft. ${remedy}`);
    return 'draft';
  }
  const given = firstLine(fields.get('status'), reading);
  if (given === undefined) return undefined;
  const status = findStatus(statusWordIn(given.line) ?? '');
  if (status === undefined) {
    reading.flaws.push({
      field: given.as,
      problem: `"${short(given.line)}" is not a known status`,
      remedy: `Use one of ${knownStatuses}.`,
    });
  }
  const isInTitle = given.as === 'title';
  if (status === 'draft' && (isInTitle || given.line.toLowerCase() !== 'draft')) {
    const remedy = 'If it is ready to be read, write `status: published`.';
    const quote = isInTitle ? `"${short(given.line)}" in the title` : `"${short(`${given.as}: ${given.line}`)}"`;
    reading.warnings.push(`${quote} counts as a draft: it is kept, and nobody is told of it. ${remedy}`);
  }
  if (status === 'preliminary' && underReview.test(given.line)) {
    const remedy = 'Write `status: draft` if it is not ready to be read.';
    reading.warnings.push(
      `"${short(`${given.as}: ${given.line}`)}" counts as preliminary: everybody is told of it, as preliminary. ${remedy}`,
    );
  }
  return status;
}
/** What docs/template.md has above it: who publishes that has not begun. */
const titleOfTemplate = 'What broke, in one line';
/** Some publish in this state so that others review it, and some do not publish yet. */
const underReview = /review|prüfung|revisi[oó]n|revisão|revisione|relecture|beoordeling|レビュー|审核|검토/i;

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
      `"${as}" was not understood, so this postmortem counts as restricted and is sent to nobody. Write \`restricted: true\` or \`restricted: false\`.`,
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
