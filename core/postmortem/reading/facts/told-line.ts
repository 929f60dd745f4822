import { readMoments } from '../moments/read-moments.ts';
import { findLabel } from './label-names.ts';

/** A name with a value, as `Labelled` of labelled.ts. */
interface Told {
  readonly label: string;
  readonly value: string;
  readonly source: string;
  readonly isSet: true;
}

/** Characters. A longer line is prose. */
const longestLine = 300;

/**
 * The labels of a line that tells nothing but facts, in a row and without a colon behind each:
 * "sev2, 2026-11-17 13:05-13:31 UTC", "Started 2026-11-17 13:05 UTC, resolved 13:31 UTC. Service:
 * shop", "Incident began at 2026-11-17 13:05 and ended at 13:31 (all times are US/Pacific)".
 * Undefined if any part of it is something else, or if it tells only one thing.
 */
export function factsInLine(line: string): readonly Told[] | undefined {
  if (line.length > longestLine || !/\d/.test(line)) return undefined;
  const plain = line.replace(/\*\*|__|`/g, '').trim();
  const zone = statedZone.exec(plain);
  const clauses = clausesOf(zone === null ? plain : plain.slice(0, zone.index));
  const told = clauses.map((clause) => labelledIn(clause, zone?.[1] ?? ''));
  const labels = told.filter((one) => one !== undefined);
  const last = labels.at(-1);
  if (labels.length < 2 || labels.length < clauses.length || last === undefined || !labels.some(isMoment)) return undefined;
  return zone === null ? labels : [...labels.slice(0, -1), { ...last, source: `${last.source}${zone[0]}` }];
}

/** "(all times are US/Pacific)." at the end of a line. */
const statedZone = /\s*\((?:all )?times (?:are )?(?:in )?([A-Za-z][A-Za-z/_+\d:-]{1,30})\)\.?$/i;
const separator = /\s{0,3}[,;|·•]\s{1,3}|\.\s{1,3}(?=\p{Lu})|\s{1,3}(?:and|und|et|y|e)\s{1,3}/gu;
const code = /^(?:sev(?:erity)?[ -]?|s|p)\d$/i;
/** The last word of such a line, and the only one of its sentence. */
const grade = /^(?:critical|major|minor|moderate)$/i;
const named =
  /^(?:the )?([\p{L}]{2,20}(?: (?!at |on )\p{L}{2,20}){0,2})(?: (?:at|on|um|am|à|le|a las|el|às|em|alle|il))?\s+(?=[~\d]|\p{L}{3,10}\.?,? \d)/u;
const label = /^(\p{L}[\p{L} ]{1,30}?)\s?[:：]\s*(?=\S)/u;
const fieldsOfMoments = new Set(['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt']);

const nameOf = (clause: string): string | undefined => {
  const name = named.exec(clause)?.[1];
  return name !== undefined && fieldsOfMoments.has(findLabel(name) ?? '') ? name : undefined;
};

/** A part ends before a name, and behind the code of a severity. */
function clausesOf(line: string): string[] {
  const clauses: string[] = [];
  let from = 0;
  for (const { index, 0: mark } of line.matchAll(separator)) {
    const [before, behind] = [line.slice(from, index), line.slice(index + mark.length)];
    const begins =
      nameOf(behind) !== undefined ||
      grade.test(behind.replace(/\.$/, '')) ||
      code.test(behind) ||
      findLabel(label.exec(behind)?.[1] ?? '') !== undefined;
    if (!begins && !code.test(before)) continue;
    clauses.push(before.trim());
    from = index + mark.length;
  }
  return [...clauses, line.slice(from).trim().replace(/\.$/, '')];
}

function labelledIn(clause: string, zone: string): Told | undefined {
  const told = (name: string, value: string): Told => ({ label: name, value, source: clause, isSet: true });
  if (code.test(clause) || grade.test(clause)) return told('Severity', clause);
  const name = nameOf(clause);
  if (name !== undefined) return told(name, `${clause.slice(named.exec(clause)?.[0].length ?? 0)} ${zone}`.trim());
  const labelled = label.exec(clause);
  if (labelled?.[1] !== undefined)
    return findLabel(labelled[1]) === undefined ? undefined : told(labelled[1], clause.slice(labelled[0].length));
  const written = `${clause} ${zone}`.trim();
  return readMoments(written, { zone: 'UTC' }).kind === 'moments' ? told('When', written) : undefined;
}
const isMoment = ({ label: name }: Told): boolean => fieldsOfMoments.has(findLabel(name) ?? '');

const gitlabLabel = /~(?:"([^":\n]{1,40})::([^":\n]{1,60})"|([\w-]{1,40})::([\w-]{1,60})|"[^"\n]{1,80}"|[\w-]{1,60})/g;

/**
 * The scoped labels of a line that has only labels of GitLab: `~"severity::3" ~"Service::Sidekiq"`.
 * Other labels are not returned, but stand in `rest`.
 */
export function labelsOfGitlab(line: string): { labels: readonly Told[]; rest: string } | undefined {
  if (!line.startsWith('~') || line.length > 1000 || line.replace(gitlabLabel, '').trim() !== '') return undefined;
  const labels: Told[] = [];
  const others: string[] = [];
  for (const [source, quoted, value, bare, word] of line.matchAll(gitlabLabel)) {
    const [name = '', said = ''] = [quoted ?? bare, value ?? word];
    const known = /^incident$/i.test(name) ? 'Status' : name;
    if (findLabel(known) === undefined) others.push(source);
    else labels.push({ label: known, value: said, source, isSet: true });
  }
  return labels.length === 0 ? undefined : { labels, rest: others.join(' ') };
}
