import { cleanText } from '../../hidden-characters.ts';
import { isNotice, isRestrictedBy, noticeWords, readFlag } from '../classification-words.ts';
import { fenceAfter } from '../fences.ts';
import { squeezeName } from '../field-names.ts';
import { short } from '../read-values.ts';
import type { RestrictionMark } from '../reading.ts';
import { findField, isFieldOfVisibility, isRecord } from '../sent-fields.ts';
import {
  asSeen,
  isFieldOfReaders,
  isFlagOfFew,
  limitsByField,
  limitsReaders,
  listsReaders,
  namesATeam,
  saysItIsConfidential,
  spoken,
} from './restriction-words.ts';

/** Only this many characters of a line are read: no label is longer. */
const longestLine = 2000;
const mostCells = 20;

/**
 * The places where a Markdown text says that it is restricted: a label, a heading, a row of a
 * table, an item, a quotation, a comment, a line of code or a notice. Prose about something that is
 * restricted does not count. If a place is missed, everybody can read the document, so what is not
 * understood counts.
 */
export function restrictionMarks(markdown: string): RestrictionMark[] {
  const lines = cleanText(markdown)
    .split('\n')
    .map((line) => asSeen(line.slice(0, longestLine)));
  const marks: RestrictionMark[] = [];
  let isObserved = false;
  let fence = '';
  let isComment = false;
  for (const [i, line] of lines.entries()) {
    const before = fence;
    if (/^ {0,3}#/.test(line)) isObserved = observations.has(findField(line.replace(/^[\s#]+/, '')) ?? '');
    fence = fenceAfter(line, fence);
    const startsComment = before === '' && line.includes('<!--');
    if (before !== '' && fence !== '')
      marks.push(...marksOfCode(line), ...(isAloneInFence(lines, i) && !isFromSystem(line.trim()) ? marksOfNotice(line) : []));
    else if (isComment || startsComment) marks.push(...marksOfComment(line, lines, i));
    else if (before === '' && fence === '') marks.push(...marksOfLine(line, lines, i, isObserved));
    isComment = (isComment || startsComment) && line.lastIndexOf('-->') <= line.lastIndexOf('<!--');
  }
  return marks;
}

function marksOfComment(line: string, lines: readonly string[], i: number): RestrictionMark[] {
  const plain = marksOfLine(line, lines, i).filter(({ isPlain }) => isPlain);
  return plain.length > 0 ? plain.map(unsure) : marksOfNotice(line.replace(/<!--|-->/g, ' '));
}

/** The mark in a text that stands alone, such as a comment of front matter, if it is a notice. */
export function marksOfNotice(text: string): RestrictionMark[] {
  const seen = asSeen(text.slice(0, longestLine))
    .replace(/[*_`~]/g, '')
    .trim();
  return isNotice(seen) || limitsReaders(seen) || saysItIsConfidential(seen) ? [{ quote: short(seen), isPlain: false }] : [];
}

/** The answer of a server. */
const answer = /^(?:< ?)?HTTP(?:\/\d(?:\.\d)?)?[ :]+\d{3}\b/;
/** A line of a log, by how it begins. "WARNING" may begin a notice, too. */
const logLine = /^(?:[45]\d\d [A-Z][a-z]+|\[?(?:ERROR|FATAL|DEBUG|TRACE)\b|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|(?:\$ )?(?:curl|wget)\b)/;
const isFromSystem = (text: string): boolean => answer.test(text) || logLine.test(text);

const isAloneInFence = (lines: readonly string[], i: number): boolean =>
  fenceAfter(lines[i - 1] ?? '', '') !== '' && fenceAfter(lines[i + 1] ?? '', '') !== '';

/**
 * As `restrictionMarks`, for the fields of JSON or of front matter. The top-level fields for
 * restriction are read as fields instead.
 */
export function marksInFields(record: Readonly<Record<string, unknown>>): RestrictionMark[] {
  return Object.entries(record).flatMap(([key, value]) => (isFieldOfVisibility(findField(key)) ? [] : marksOfMember(key, value)));
}

function marksOfMember(key: string, value: unknown): RestrictionMark[] {
  const guarded = guards.test(squeezeName(key)) ? textsOf(value).filter((text) => /\p{L}/u.test(text)) : [];
  if (guarded.some(isGuarded)) return [{ quote: short(`${key}: ${guarded.join(', ')}`), isPlain: false }];
  if (Array.isArray(value))
    return isFieldOfReaders(squeezeName(key)) ? marksOfReaders(key, value) : value.flatMap((one) => marksOfMember(key, one));
  if (isRecord(value)) {
    const { heading, body, ...rest } = value;
    const texts = typeof heading === 'string' && typeof body === 'string' ? restrictionMarks(`# ${heading}\n\n${body}`) : [];
    return [...texts, ...Object.entries(texts.length > 0 ? rest : value).flatMap(([inner, one]) => marksOfMember(inner, one))];
  }
  const text = typeof value === 'boolean' ? String(value) : typeof value === 'number' ? (numbers[value] ?? String(value)) : value;
  if (typeof text !== 'string') return [];
  const field = findField(key);
  if (kinds.test(squeezeName(key)) && isRestrictedBy(text) === true) return [{ quote: short(`${key}: ${text}`), isPlain: false }];
  if (squeezeName(key) === 'classification' && /^internal[ _-]only$/i.test(text.trim()))
    return [{ quote: short(`${key}: ${text}`), isPlain: false }];
  if (field === 'title') return restrictionMarks(`# ${text}`);
  if (names.has(field ?? '')) return [];
  return judge(key, text) ?? (isNotPublic(key, text) ? [{ quote: short(`${key}: ${text}`), isPlain: false }] : restrictionMarks(text));
}
/** Fields that say who may read the document. What is not understood in them restricts it. */
const guards = /^(?:restrictions?|security|(?:security|access)(?:level|restrictions?))$/;
const isGuarded = (text: string): boolean =>
  text.split(/\s+/).length <= mostGuarding &&
  !isOpenly(text) &&
  !/^(?:none|no|n\/?a|low|normal|default|full|read(?:-?only)?|enabled|disabled)$/i.test(text.trim());
/** Words. A longer text tells of something. */
const mostGuarding = 3;
const textsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
/** Some tools write flags as numbers. */
const numbers: Readonly<Record<number, string>> = { 0: 'false', 1: 'true' };
/** Keys whose value may be "private" in a tool: its kinds of incidents and levels of access. */
const kinds = /^(?:incident|postmortem|document|issue|report)?(?:type|kind|mode|scope|privacy|access|accesslevel|securitylevel)$/;
/**
 * Tools write `public: false` for what is private. In a text, "Public: no" only says that it is
 * internal, as every postmortem is.
 */
const isNotPublic = (key: string, text: string): boolean => /^(?:is)?public$/.test(squeezeName(key)) && readFlag(text) === false;

/** Judges a list of readers as a whole, because one entry can change what the others mean. */
function marksOfReaders(key: string, values: readonly unknown[]): RestrictionMark[] {
  const texts = values.filter((value) => typeof value === 'string');
  const said = texts.join(', ');
  const isLimited = listsReaders(squeezeName(key), texts, isOpenly) || limitsByField(squeezeName(key), said);
  const rest = values.filter((value) => typeof value !== 'string').flatMap((value) => marksOfMember(key, value));
  return [
    ...(isLimited
      ? [{ quote: short(`${key}: ${said}`), isPlain: false }]
      : texts.flatMap((text) => judge(key, text) ?? []).filter(({ isPlain }) => isPlain)),
    ...rest,
  ];
}

/** Fields with names as values: a service may be called "restricted". */
const names = new Set(['id', 'incidentId', 'services', 'owningTeam', 'authors', 'regions', 'links', 'severity', 'status']);

const unsure = (mark: RestrictionMark): RestrictionMark => ({ ...mark, isPlain: false });

/**
 * Names that may mean something else: `private: true` restricts, "Private: no route to the subnet"
 * does not.
 */
const loose = /^(?:is)?private$|^classification|^sensitivity|^access(?:level)?$|^audience$|^distribution$|^sharing$|^tlp$/;
/**
 * Words that limit who may see something. A longer text without any of them is about what could be
 * seen.
 */
const limits =
  /restrict|confiden|privat|secret|vertraul|geheim|only|\b(?:do|must|may|should) not\b|\bnot? (?:one|for|public|open|shared)|nobody|need.to.know|limit|sensitiv|legal|share/i;
const mostWords = 6;
/** Sections that describe what people could see of the incident. */
const observations = new Set(['impactText', 'detection', 'contributingFactors', 'lessons', 'wentWell', 'wentWrong', 'gotLucky']);
const isAboutSeeing = (name: string, value: string): boolean =>
  /^(?:visibility|sichtbarkeit|visibilité|visibilidad)$/i.test(name.trim()) &&
  isRestrictedBy(value) === undefined &&
  readFlag(value) === undefined &&
  !limits.test(value) &&
  !/\b(?:teams?|security|leader|manage|exec|board\b|group)/i.test(value);

/** The marks of a label and its value. Undefined if they are about something else. */
function judge(label: string, value: string): RestrictionMark[] | undefined {
  const name = label.replace(/\([^()]*\)/g, '');
  const squeezed = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const field = findField(name);
  const said = value.replace(/^["'\s]+|["',.;!}\s]+$/g, '');
  const quote = short([label.trim(), value.trim()].filter(Boolean).join(': '));
  const restricts = readFlag(said) ?? isRestrictedBy(said, name);
  if (loose.test(squeezed) || !isFieldOfVisibility(field)) {
    const isSaid =
      isFieldOfVisibility(field) || squeezed === 'tlp'
        ? restricts || isRestrictedBy(`tlp${said}`)
        : loose.test(squeezed) && isRestrictedBy(said);
    if (isSaid) return [{ quote, isPlain: true }];
    const isTagged = (field === 'tags' || /^(?:tag|label|keyword)$/.test(squeezed)) && tagsIn(said).some(isTagOfFew);
    return isNotice(said) || isTagged || limitsByField(squeezed, said) ? [{ quote, isPlain: false }] : undefined;
  }
  if (restricts !== undefined) return restricts ? [{ quote, isPlain: true }] : [];
  const isProse = field === 'visibility' && said.split(/\s+/).length > mostWords && !limits.test(said);
  return isProse ? undefined : [{ quote, isPlain: false }];
}

/** Separated by commas, or by blanks if the words look like tags. */
const tagsIn = (said: string): string[] =>
  said.split(',').flatMap((piece) => [piece.trim(), ...piece.split(/\s+/).filter((word) => /[-_#:]|\p{Ll}\p{Lu}/u.test(word))]);
const isTagOfFew = (tag: string): boolean =>
  isNotice(tag) || /^#?(?:private|(?:top[-_]?)?secret|geheim|tlp[-_:]?(?:red|amber.*))$/i.test(tag) || limitsReaders(spoken(tag));

const label = /^["']?(\p{L}[\p{L}\p{M}\p{N} _/()'’-]{0,40}?)["']?\s*(?:[:=→?]|\s(?:[–—-]|->)\s)\s*(.*)$/u;

function marksOfCode(line: string): RestrictionMark[] {
  const [, name = '', value = ''] = label.exec(line.replace(/^(?: {0,2}|\t)(?=\S)[{[]?\s*/, '')) ?? [];
  const field = findField(name);
  if (!isFieldOfVisibility(field) || /private/i.test(name)) return [];
  return (judge(name, value) ?? []).filter(({ isPlain }) => isPlain).map(unsure);
}

/**
 * Whether a box that is not ticked asks readers to keep the document to few. "Restricted" there is
 * only a choice.
 */
const isWish = (toDo: string): boolean =>
  (saysItIsConfidential(toDo) && /keep|treat/i.test(toDo)) ||
  (/\bthis (?:post-?mortem|document|report|rca|pm|write-?up)\b/i.test(toDo) && limitsReaders(toDo));

function marksOfLine(line: string, lines: readonly string[], i: number, isObserved = false): RestrictionMark[] {
  const [, toDo] = /^[\s>*+-]*\[ \]\s*(.*)$/.exec(line) ?? [];
  if (toDo !== undefined) return isWish(toDo) ? marksOfNotice(toDo) : [];
  const tags = /^\s*#\S/.test(line) && /^(?:#[\p{L}\p{N}_:-]+[\s,]*)+$/u.test(line.trim()) ? line.trim().split(/[\s,]+/) : [];
  if (tags.some(isTagOfFew)) return [{ quote: short(line.trim()), isPlain: false }];
  const ofThings = line.includes('|') && anyNotice.test(line) ? thingsOf(lines, i) : undefined;
  const isTicked = /^[\s>*+-]*\[x\]/i.test(line);
  const written = cellsOf(line);
  const cells = written.map((cell, n) => (n > 0 && (ofThings === 'parts' ? isNotice(cell) : ofThings && isState(cell)) ? '–' : cell));
  const below = lines[i + 1] ?? '';
  const isHeader = line.includes('|') && below.includes('---') && /^[\s|:-]+$/.test(below);
  const found = cells.map((cell, n) => {
    const [, name, value = ''] = label.exec(cell) ?? [];
    if (name !== undefined && value !== '') return isObserved && isAboutSeeing(name, value) ? undefined : judge(name, value);
    const alone = cell.replace(/[\s:?=]+$/, '');
    if (isTicked && isFieldOfVisibility(findField(alone))) return judge(alone, 'yes');
    const rowValue = n === 0 && line.includes('|') && !isHeader ? written[1] : undefined;
    if (rowValue !== undefined && cells.length === 2 && isFlagOfFew(squeezeName(alone))) return judge(alone, rowValue);
    if (rowValue !== undefined && isAboutSeeing(alone, rowValue) && isOfFacts(lines, i, rowValue)) return undefined;
    if (!isFieldOfVisibility(findField(alone)) && !loose.test(alone.toLowerCase()) && !isFieldOfReaders(squeezeName(alone))) {
      return isNotice(alone) && cells.length <= 2 ? [{ quote: short(alone), isPlain: false }] : undefined;
    }
    const beside = cells[n + 1];
    if (isHeader && n > 0 && isOfParts(cells, () => columnBelow(lines, i + 2, 0))) return undefined;
    if (isHeader) return judgeHead(alone, beside, columnBelow(lines, i + 2, n));
    const isLastOfRow = line.includes('|') && cells.length > 1 && beside === undefined;
    const after = isNotice(alone) ? [''] : [];
    return judgeAny(alone, isLastOfRow ? after : [beside ?? nextText(lines, i)], false);
  });
  return found.some((marks) => marks !== undefined) ? found.flatMap((marks) => marks ?? []) : noticeIn(line, cells);
}

/**
 * Judges a column by its heading. In a column of several rows each value is about the thing in its
 * row, and few values are about the document.
 */
function judgeHead(name: string, beside: string | undefined, column: readonly string[]): RestrictionMark[] | undefined {
  const values = beside === undefined ? [] : [beside];
  if (column.length <= 1) return judgeAny(name, [...values, ...column], true);
  const isMeant = (value: string): boolean =>
    isFieldOfVisibility(findField(name)) ? isRestrictedBy(value) === true : isNotice(value) && !isState(value);
  const besides = values.filter((value) => judge(name, value)?.every(({ isPlain }) => isPlain) ?? isFieldOfReaders(squeezeName(name)));
  return judgeAny(name, [...besides, ...column.filter(isMeant)], true);
}

/** The most rows of a table that are searched upwards for its head. */
const mostRows = 1000;
const anyNotice = new RegExp(noticeWords, 'i');
/** A host or an account may be in this state, too. */
const isState = (cell: string): boolean => /^restricted$/i.test(cell);
const generic = /^(?:values?|details?|info|information|wert|valeur|valor|answer|content)?$/i;

const times = /^(?:date|time|day|when|start(?:ed|s)?|begin|timestamp|at|utc|datum|zeit|uhrzeit|heure)\b/i;
const events = /^(?:events?|what|what happened|actions?|changes?|steps?|descriptions?|ereignis|was|événement)\b/i;
const parts =
  /^(?:components?|services?|systems?|hosts?|servers?|nodes?|pods?|containers?|instances?|clusters?|regions?|zones?|networks?|subnets?|vpcs?|endpoints?|ur[il]s?|routes?|paths?|ports?|apis?|apps?|applications?|tools?|buckets?|volumes?|disks?|databases?|dbs?|tables?|columns?|schemas?|datasets?|queues?|topics?|streams?|caches?|repositor(?:y|ies)|repos?|packages?|images?|modules?|branch(?:es)?|resources?|objects?|roles?|users?|accounts?|groups?|permissions?|polic(?:y|ies)|secrets?|certificates?|environments?|stages?|namespaces?|projects?|tenants?|dashboards?|metrics?|signals?|alerts?|alarms?|monitors?|logs?|channels?|features?|flags?)\b/i;
/** Columns of a table that sums up the document. */
const ofDocuments = new Set(['id', 'incidentId', 'title', 'severity', 'startedAt', 'resolvedAt', 'publishedAt']);
/**
 * Whether a table is about parts of a system, each with its own visibility or access. If one of its
 * rows is about the document, the table may mean that.
 */
const isOfParts = (head: readonly string[], firstColumn: () => readonly string[]): boolean =>
  parts.test(head[0] ?? '') &&
  !head.some((name) => ofDocuments.has(findField(name) ?? '') || /^status$/i.test(name)) &&
  !firstColumn().some((cell) => /post-?mortem|\b(?:document|report|rca|write-?up)\b/i.test(cell));

const impacts =
  /^(?:(?:customer |business |user )?(?:impacts?|effects?)|consequences?|symptoms?|observations?|what happened|auswirkung(?:en)?)$/i;
const facts = /^(?:facts?|findings?|aspects?|areas?|topics?|factors?|lessons?|dimensions?)$/i;
const telemetry =
  /\b(?:dashboards?|metrics?|logs?|logging|traces?|graphs?|alerts?|alarms?|monitors?|monitoring|telemetry|blind|dark|gaps?|lag)\b/i;
/**
 * Whether a row is in a table of what an incident did. "Fact" may also head a table about the
 * document, so there the value has to speak of dashboards and the like.
 */
function isOfFacts(lines: readonly string[], i: number, value: string): boolean {
  const head = headAbove(lines, i);
  if (head === undefined) return false;
  const names = cellsOf(lines[head] ?? '');
  return names.some((name) => impacts.test(name)) || (names.some((name) => facts.test(name)) && telemetry.test(value));
}

/** The line number of the head of the table that a row belongs to. */
function headAbove(lines: readonly string[], i: number): number | undefined {
  let at = i;
  while (at > 0 && i - at < mostRows && (lines[at - 1] ?? '').includes('|')) at -= 1;
  return at === i || !/^[\s|:-]+$/.test(lines[at + 1] ?? '') || i < at + 2 ? undefined : at;
}

/**
 * What the rows of a table are about, judged by its head: parts of a system (hosts and their
 * modes), or other things (times and events). Undefined: perhaps the document.
 */
function thingsOf(lines: readonly string[], i: number): 'parts' | 'others' | undefined {
  const at = headAbove(lines, i);
  if (at === undefined) return undefined;
  const head = cellsOf(lines[at] ?? '');
  const [first = '', second = ''] = head;
  if (times.test(first) && events.test(second)) return 'others';
  if (!generic.test(second) && isOfParts(head, () => [...columnBelow(lines, at + 2, 0), ...cellsOf(lines[i] ?? '').slice(0, 1)]))
    return 'parts';
  return findField(first) === undefined && !isFieldOfReaders(squeezeName(first)) && !generic.test(second) ? 'others' : undefined;
}

/**
 * The marks of a name with any of several values. In the head of a table it is unclear whether the
 * value is beside the name or below it.
 */
function judgeAny(name: string, values: readonly string[], isHeader: boolean): RestrictionMark[] | undefined {
  const judged = values.flatMap((value) => judge(name, value) ?? []);
  const plain = judged.find(({ isPlain }) => isPlain);
  if (plain) return [isHeader && values.length > 1 ? unsure(plain) : plain];
  if (values.some(isOpenly)) return [];
  return judged.length > 0 ? judged.slice(0, 1) : undefined;
}

const isOpenly = (value: string): boolean => (readFlag(value.trim()) ?? isRestrictedBy(value)) === false;

/** The first text below a line. */
const nextText = (lines: readonly string[], i: number): string => {
  const below = lines.slice(i + 1, i + 6).find((line) => line.trim() !== '' && !/^[\s|:=-]+$/.test(line)) ?? '';
  return /^\s*#/.test(below) ? '' : cellsOf(below.slice(0, longestLine).normalize('NFKC')).join(' ');
};

function columnBelow(lines: readonly string[], from: number, column: number): string[] {
  const values: string[] = [];
  for (let i = from; (lines[i] ?? '').includes('|') && values.length < 20; i += 1) values.push(cellsOf(lines[i] ?? '')[column] ?? '');
  return values;
}

/** The texts of a line, separated by bars and the like, without markup. */
function cellsOf(line: string): string[] {
  const bare = line
    .replace(/<!--|-->|\[![a-z]+\]/gi, '')
    .replace(/<\/?(?:td|th|dt|dd|br|tr|li|summary|details)\b[^<>]{0,200}>/gi, ' | ')
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, '')
    .replace(/[*_`~\\]|:[a-z_]{2,30}:|\p{So}|\ufe0f/giu, '');
  const cells = bare
    .trim()
    .replace(/^(?:[>#+•-]\s*|\d+[.)]\s+|\[x\]\s*)*\|?/i, '')
    .replace(/\|$/, '')
    .replace(/\s{3,}/g, ' | ')
    .split(/[|·•;\t]/, mostCells)
    .map((cell) => cell.trim().replace(/^(?:[>#+-]+\s+)*/, ''));
  return line.includes('|') ? cells : cells.filter(Boolean);
}

const emphasised = /^[\s>#*+•|-]*(?:\d+[.)]\s+)?(?:\*\*|__|<(?:b|strong)>)([^*_<>]{2,60})(?:\*\*|__|<\/)/i;
const leading = new RegExp(
  `^[[(【]?\\s*(?:(?:strictly|highly|company|streng)\\s+)?(?:${noticeWords})(?:\\s+(?:information|document|report|material|postmortem|only|and proprietary))?\\s*(?:$|[\\])】.!,:–—]|-\\s|\\s-)`,
  'i',
);
const bracketed = new RegExp(`[[(【]\\s*(?:strictly\\s+)?(?:${noticeWords})\\s*[\\])】]`, 'i');
const shouted = new RegExp(`^(?:${noticeWords.toUpperCase()})\\b|\\b(?:${noticeWords.toUpperCase()})[.!]?$`);

const besideLock = /^[\s>#*_|-]*(?::(?:closed_)?lock[a-z_]*:|🔒|🔐)/u;

/** The mark in a line that says that the whole document is confidential or restricted. */
function noticeIn(line: string, cells: readonly string[]): RestrictionMark[] {
  const text = cells.join(' ');
  if (answer.test(text)) return [];
  const isHeading = /^\s{0,3}#/.test(line);
  const isSaid =
    cells.length <= 2 &&
    (leading.test(text) ||
      isNotice(emphasised.exec(line)?.[1] ?? '') ||
      (isHeading && bracketed.test(text)) ||
      (text.length <= 80 && shouted.test(text)) ||
      saysItIsConfidential(text) ||
      (besideLock.test(line) && (namesATeam(text) || isRestrictedBy(text) === true)) ||
      limitsReaders(text));
  return isSaid ? [{ quote: short(text), isPlain: false }] : [];
}
