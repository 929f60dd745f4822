import { hasTime } from '../../../shared/instant.ts';
import { findSeverity, findStatus, isAmbiguousSeverity, type SeverityAliases } from '../classification-words.ts';
import { headingReader } from '../headings/heading-map.ts';
import type { MomentContext } from '../moments/moments.ts';
import { readMoments } from '../moments/read-moments.ts';
import { rankOf } from '../sent-fields.ts';
import { type Fact, type ReadingContext, trusts } from './fact.ts';
import { findLabel, isBareDate, isGradeOfStatusPage } from './label-names.ts';
import { bare, type Labelled, nameIn, remarkIn } from './labelled.ts';
import { raisedSeverityIn, severityCodeIn, severityNameIn, statusWordIn } from './written-words.ts';

export const momentFields: readonly string[] = ['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt', 'publishedAt'];
const lists = ['authors', 'services', 'regions'];
const texts = ['summary', 'impactText', 'rootCauses', 'contributingFactors', 'trigger', 'detection', 'resolution', 'workaround'];
const verbatim = ['incidentId', 'owningTeam', 'title', 'visibility', 'restricted'];

/** The field that a label names, and what it adds to the value: "UTC" of "Start (UTC)". */
export function fieldOfLabel(label: string): { field: string; remark: string } | undefined {
  const name = nameIn(bare(label));
  const field = findLabel(name);
  if (field !== undefined) return { field, remark: remarkIn(label) };
  const zoned = /^(.{2,60}?)[\s,]+(?:in\s+)?([A-Z]{3,4})$/.exec(name);
  const found = zoned?.[1] === undefined ? undefined : findLabel(zoned[1]);
  return found !== undefined && momentFields.includes(found) ? { field: found, remark: zoned?.[2] ?? '' } : undefined;
}

/** What a value is worth: read, clearly written for this field and not understood, or neither. */
type Judged = Pick<Fact, 'sent' | 'trust' | 'unread'>;

/**
 * The fact that a label and its value state. Undefined if the value is clearly not of the right
 * kind: then it stays text.
 */
export function factOf(labelled: Labelled, context: ReadingContext): Fact | undefined {
  const known = fieldOfLabel(labelled.label);
  if (labelled.value === '') return undefined;
  const coded = codedFact(labelled, known?.field, context);
  if (coded !== undefined || known === undefined) return coded;
  if (known.field === 'customersAffected' && isVagueCount(plainValue(labelled.value)))
    return { field: 'externallyVisible', sent: { value: true, as: bare(labelled.label) }, trust: trusts.label };
  const judged = judge(known.field, labelled, known.remark, context);
  return judged === undefined ? undefined : { field: known.field, ...judged };
}

/** Labels that may be about anything, and about the severity if their value is the code of one. */
const ofAnyScale =
  /^(?:level|class|classification|category|rating|rank|impact|impact level|type|klasse|klassifizierung|klassifikation|einstufung|stufe|kategorie|niveau|classement|nivel|clasificación|categoría|classificação|livello|classificazione|classificatie|klass|poziom|等级|等級|분류|区分)$/iu;
/** The impact of Statuspage is a word and nothing else. Any severity is trusted more. */
const gradeOfStatusPage = (value: string, aliases: SeverityAliases): string | undefined =>
  isGradeOfStatusPage(value) && findSeverity(value, aliases) !== undefined ? value : undefined;

/** "0.3 DRAFT": the version of a document may say what state it is in. */
const ofVersion = /^(?:(?:report|document) )?version$|^(?:fassung|versión|versão|versione|versie|wersja|版本|版|버전)$/iu;

function codedFact({ label, value }: Labelled, field: string | undefined, { aliases }: ReadingContext): Fact | undefined {
  const as = bare(label);
  const name = nameIn(as);
  if (ofAnyScale.test(name) && (field === undefined || field === 'impactText')) {
    const grade = squeezedIs(name, 'impact') ? gradeOfStatusPage(plainValue(value), aliases) : undefined;
    const code = grade ?? severityCodeIn(plainValue(value), aliases);
    const trust = grade === undefined ? trusts.label - 10 : trusts.timeline;
    return code === undefined ? undefined : { field: 'severity', sent: { value: code, as }, trust };
  }
  if (!ofVersion.test(name) || value.length > 40) return undefined;
  const words = plainValue(value).split(/[\s()[\],;–—-]+/u);
  const word = words.find((one) => /\p{L}{4}/u.test(one) && ['draft', 'preliminary'].includes(findStatus(one) ?? ''));
  return word === undefined ? undefined : { field: 'status', sent: { value: word, as }, trust: trusts.title };
}

/** As `factOf`, for the text below a heading that names a field. */
export const factBelow = (field: string, heading: string, value: string, context: ReadingContext): Fact | undefined => {
  const judged = judge(field, { label: heading, value, source: value, isSet: true }, remarkIn(heading), context);
  return judged === undefined ? undefined : { field, ...judged };
};

function judge(field: string, labelled: Labelled, remark: string, context: ReadingContext): Judged | undefined {
  const as = bare(labelled.label);
  const value = plainValue(labelled.value);
  const told = (found: unknown, trust: number = trusts.label): Judged => ({
    sent: { value: found, as },
    trust: trust - Math.min(rankOf(as), 9) / 10,
  });
  if (momentFields.includes(field)) return judgeMoment(field, as, value, remark, context);
  if (field === 'severity') {
    if (isChoice(value, context)) return { ...told(value), unread: 'leaves the choice of the template' };
    const name = severityNameIn(value, context.aliases);
    if (raisedSeverityIn(value, context.aliases) !== undefined) return told(value);
    if (name !== undefined) return told(name, squeezedIs(as, 'priority') ? trusts.label - 10 : trusts.label);
    if (isNothing(value) || (!labelled.isSet && value.length > 40)) return undefined;
    const isAmbiguous = isAmbiguousSeverity(value, context.aliases);
    return { ...told(value), unread: isAmbiguous ? 'could be another severity in your numbering' : 'is no severity here' };
  }
  if (field === 'status') {
    const word = statusWordIn(value);
    if (word !== undefined) return told(word);
    return isNothing(value) || value.length > 40 || !/\p{L}/u.test(value) ? undefined : { ...told(value), unread: 'is not a known status' };
  }
  if (field === 'customersAffected') return countIn(value) === undefined ? undefined : told(countIn(value));
  if (!labelled.isSet && isSentence(value)) return undefined;
  if (lists.includes(field)) {
    const names = value.length > 1000 ? [] : namesIn(value);
    return names.length === 0 || names.length > 40 || names.some((name) => name.length > 120) ? undefined : told(names);
  }
  if (field === 'title')
    return squeezedIs(as, 'name') || value.length > 200 || !(labelled.isSet || squeezedIs(as, 'title'))
      ? undefined
      : told(value, trusts.title);
  if (field === 'nextNewsAt') return readMoments(value, context).kind === 'moments' ? told(value) : undefined;
  if (field === 'contact') return value.length > 120 || isNothing(value) ? undefined : told(value);
  if (field === 'mergedInto') return /^[a-z0-9][a-z0-9-]{0,63}$/i.test(value) && /\d|-/.test(value) ? told(value) : undefined;
  if (field === 'incidentId') return /^[#\w./-]{0,63}\d[\w./-]{0,63}$/.test(value) ? told(value) : undefined;
  if (verbatim.includes(field)) return value === '' || value.length > 120 ? undefined : told(value);
  return undefined;
}
/** "SEV-1 | SEV-2 | SEV-3", as a template has it. */
const isChoice = (value: string, { aliases }: ReadingContext): boolean => {
  const names = value.split(/\s*[|/,]\s*/, 8);
  return names.length > 2 && names.every((name) => severityNameIn(name, aliases) !== undefined);
};
const squeezedIs = (label: string, name: string): boolean => label.toLowerCase() === name;

/** The field of a section, by its heading in any language. */
function sectionNamed(name: string): string | undefined {
  const read = headingReader()(name);
  return read?.remark === undefined && read?.meaning.isWeak === undefined ? read?.meaning.to : undefined;
}

/** Text fields of a table of facts: a row "Root cause" holds the cause. */
export function textFactOf({ label, value, source }: Labelled): Fact | undefined {
  const name = nameIn(bare(label));
  const field = findLabel(name) ?? sectionNamed(name);
  return field !== undefined && texts.includes(field) && value !== '' && !isNothing(value)
    ? { field, sent: { value: value.replace(/<br\s*\/?>/gi, '\n'), as: bare(label) }, trust: trusts.label, source }
    : undefined;
}

/** "Owner: the team that runs the pool will decide." is prose. */
const isSentence = (value: string): boolean => /[.!?]$/.test(value) && value.split(/\s+/, 7).length > 6;

/** A value such as "60 minutes" or "2.0" is a note; a sentence that begins like one stays text. */
export const isNotedValue = (value: string): boolean => value.length <= 60 && !/[.!?]$/.test(value) && value.split(/\s+/, 7).length <= 6;

const isNothing = (value: string): boolean =>
  /^(?:n\/?a|none|tb[acd]|unknown|not known|no response|[?–—.-]*)$/i.test(value) || isPlaceholder(value);
/** What a template leaves for the author to replace. */
const isPlaceholder = (value: string): boolean => /^(?:<[^<>]{1,80}>|\[[^[\]]{1,80}\]|\{\{?[^{}]{1,80}\}?\}|_{2,}|…|\.{3})$/.test(value);

function judgeMoment(field: string, as: string, value: string, remark: string, context: ReadingContext): Judged | undefined {
  if (isNothing(value) || value.length > 200) return undefined;
  const written = withRemark(value.replace(/[.,;]$/, ''), remark, context);
  const read = readMoments(written, context);
  const isClockAlone = isClock(written);
  const saysTime = isClockAlone || (read.kind === 'moments' && (hasTime(read.start) || (read.end !== undefined && hasTime(read.end))));
  const isBare = isBareDate(nameIn(as)) && field === 'startedAt';
  const [ofTime, ofDay] = isBare ? [trusts.bareTime, trusts.bareDay] : [trusts.time, trusts.day];
  const trust = saysTime ? ofTime : ofDay;
  const sent = { value: written, as };
  if (read.kind === 'moments' || isClockAlone) return { sent, trust };
  if (read.kind === 'unclear') return { sent, trust, unread: read.why };
  return looksLikeADate(value) ? { sent, trust, unread: 'Write dates as in 2026-11-17 13:05 UTC.' } : undefined;
}
/** A time of a day that another line gives. */
export const isClock = (text: string): boolean =>
  /^~?\s*\d{1,2}(?:[:.]\d\d|\s*[ap]\.?m\b)/i.test(text) && !/\d{4}/.test(text) && text.length <= 60;
const looksLikeADate = (text: string): boolean =>
  text.length <= 60 && /^\D{0,20}\d{1,4}[-/. ]\D{0,10}\d{1,4}(?:[-/. ,]\s?\d{1,4})?(?:\D|$)/.test(text) && /\d{4}|\d[/.]\d/.test(text);

const withRemark = (value: string, remark: string, context: MomentContext): string => {
  if (remark === '' || remark.length > 40) return value;
  const [first, second] = [`${value} ${remark}`, `${value} ${/([A-Z][A-Za-z/_+\d:-]{1,39})$/.exec(remark)?.[1] ?? ''}`];
  if (readMoments(value, context).kind === 'moments' && /[a-z]{3,5}$|z$/i.test(value)) return value;
  for (const text of [first, second])
    if (text !== `${value} ` && (readMoments(text, context).kind === 'moments' || isClock(text))) return text;
  return value;
};

/** How many, without a number: customers felt it, but this is not what they saw. */
export const isVagueCount = (value: string): boolean =>
  /^(?:some|(?:a )?few|several|many|multiple|various|numerous)(?: (?:customers|users|people|accounts|clients|tenants))?\.?$/i.test(
    value.trim(),
  );

const countIn = (value: string): number | undefined => {
  const digits =
    /^[~≈]?\s*(\d{1,3}(?:[,. '’_\u00a0]\d{3})+|\d{1,12})(?![\d.,]*\d)(?:\s+(?:customers|users|people|accounts|clients|tenants)\b.{0,60})?$/i.exec(
      value,
    )?.[1];
  return digits === undefined ? undefined : Number(digits.replace(/\D/g, ''));
};

/** The words of a value without the markup around them. Links keep their text. */
export const plainValue = (value: string): string =>
  value
    .slice(0, 2000)
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replace(/<br\s*\/?>/gi, ', ')
    .replace(/\*\*|__|`/g, '')
    .replace(/^[*_](.*)[*_]$/s, '$1')
    .trim();

/**
 * Names separated by commas, semicolons, line breaks, "and" or "&". Commas in brackets belong to
 * the name.
 */
export const namesIn = (text: string): string[] =>
  text
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .split(/[;\n、，]|,(?![^()]{0,200}\))|\s+(?:and|&|und|et|y|e)\s+/)
    .map((name) =>
      name
        .replace(/^[\s>*•-]+|[\s*]+$/g, '')
        .replace(/^\((.*)\)$/, '$1')
        .replace(/\.$/, ''),
    )
    .filter((name) => name !== '' && !isPlaceholder(name));
