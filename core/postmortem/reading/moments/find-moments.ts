import type { Instant } from '../../../shared/instant.ts';
import { anyOf, folded, months } from './calendar-words.ts';
import type { MomentContext, ReadMoments } from './moments.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { resolveTellings } from './resolve.ts';
import { tellingsOf } from './tellings.ts';

/** A time within a longer text. */
export interface FoundMoments {
  readonly found: ReadMoments & { readonly kind: 'moments' };
  /** The words that tell it, as written. */
  readonly text: string;
  /** Where they begin in the text. */
  readonly index: number;
}
export interface FindContext extends MomentContext {
  /** Nothing after it is the time of an incident: the publication, or now. */
  readonly latest?: Instant;
}

/** No more sentences with a date are looked at. */
const mostSentences = 50;
const longestSentence = 600;
/** A time is told in fewer pieces. */
const mostPieces = 16;

/**
 * Finds the first time in prose that may be the incident's: "On 17 November 2026 between 21:27 UTC
 * and 07:27 UTC …". It needs a day with a year; without one only if `near` or `day` is given and
 * the words leave no doubt. Versions, tickets, amounts, durations, deadlines and times after
 * `latest` are none.
 */
export function findMoments(text: string, context: FindContext): FoundMoments | undefined {
  for (const { sentence, index } of sentencesWithDate(text)) {
    const found = findInSentence(sentence, context);
    if (found !== undefined) return { ...found, index: index + found.index };
  }
  return undefined;
}

const anchors = new RegExp(`(?<![0-9])(?:1[6-9]|2[01])[0-9]{2}(?![0-9])|(?<![a-z])(?:${anyOf(months.keys())})(?![a-z])|[0-9] ?[月월]`, 'g');
const sentenceEnd = /[.!?](?=\s{1,9}["'“(]?\p{Lu})|[。！？]|\n(?=[ \t]{0,9}(?:\n|[-*+|>#]))/gu;
/** A dot that ends no sentence, at the end of a folded text. */
const abbreviation = /(?:[ap]\.m|(?:^|[^\d.:/-])\d{1,2}|(?:^|[^a-z])(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec))\.$/;

/** A sentence, or the part of a long one around a time, and where it begins. */
interface Sentence {
  readonly sentence: string;
  readonly index: number;
}
const sentencesWithDate = (text: string): Generator<Sentence> => sentencesWith(anchors, text);

/** The sentences that hold one of the anchors, in order. */
export function* sentencesWith(anchors: RegExp, text: string): Generator<Sentence> {
  const plain = folded(text);
  const ends = [...text.matchAll(sentenceEnd)]
    .map(({ index }) => index + 1)
    .filter((end) => !abbreviation.test(plain.slice(Math.max(0, end - 6), end)) || /\n/.test(text[end - 1] ?? ''));
  let [from, next, lookedTo] = [0, 0, 0];
  let looked = 0;
  for (const { index } of plain.matchAll(anchors)) {
    if (index < lookedTo) continue;
    if (++looked > mostSentences) return;
    for (let end = ends[next]; end !== undefined && end <= index; end = ends[++next]) from = end;
    const start = Math.max(from, index - longestSentence / 2);
    lookedTo = Math.min(ends[next] ?? text.length, index + longestSentence / 2);
    yield { sentence: text.slice(start, lookedTo), index: start };
  }
}

function findInSentence(sentence: string, context: FindContext): FoundMoments | undefined {
  const runs = runsOf(asProse(piecesOf(sentence), sentence));
  for (const run of runs.filter((one) => one.some(isDay))) {
    const found = foundIn(run, sentence, context);
    if (found === undefined || !isCredible(found, sentence, context)) continue;
    return found.found.start.includes('T') || found.found.end !== undefined ? found : (withTimes(found, runs, sentence, context) ?? found);
  }
  return undefined;
}

export const isDay = ({ kind }: Piece): boolean => kind === 'day' || kind === 'days';

/** The pieces of prose: what may be something else than a time counts as a word. */
export function asProse(pieces: readonly Piece[], text: string): Piece[] {
  return pieces.map((piece, i): Piece => {
    const { index, end } = piece;
    const written = text.slice(index, end);
    const [before, after] = [pieces[i - 1], pieces[i + 1]];
    const isWord =
      (piece.kind === 'day' &&
        (piece.isWeak === true || /^\d{4}\./.test(written) || (/^\d{8}$/.test(written) && after?.kind !== 'clock'))) ||
      (piece.kind === 'clock' &&
        piece.clock?.isWeak === true &&
        !(/h/i.test(written) && (before?.kind === 'opener' || before?.kind === 'to' || before?.kind === 'filler'))) ||
      (piece.kind === 'filler' && /^[.;|·:]$/.test(written)) ||
      piece.kind === 'again' ||
      piece.kind === 'open' ||
      (piece.kind === 'bracket' && !isShortBracket(pieces, piece.opens ? i : i - 2));
    return isWord ? { kind: 'word', index, end } : piece;
  });
}

/** "(UTC)" and "(Tuesday)" belong to the time before them. */
const isShortBracket = (pieces: readonly Piece[], i: number): boolean => {
  const [open, inside, close] = pieces.slice(i, i + 3);
  return open?.kind === 'bracket' && (inside?.kind === 'zone' || inside?.kind === 'weekday') && close?.kind === 'bracket';
};

export function runsOf(pieces: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === 'word') runs.push([]);
    else runs.at(-1)?.push(piece);
  }
  return runs.map((run) => run.slice(0, mostPieces)).filter((run) => run.length > 0);
}

/** Reads as much of a run as is one time. */
export function foundIn(run: readonly Piece[], sentence: string, context: FindContext): FoundMoments | undefined {
  const day = run.findIndex(isDay);
  for (let from = 0; from <= Math.max(day, 0); from++) {
    for (let to = run.length; to > Math.max(day, from); to--) {
      const pieces = run.slice(from, to);
      const [first, last] = [pieces.find(isTelling), pieces.findLast(isTelling)];
      if (first === undefined || last === undefined || last !== pieces.at(-1)) continue;
      const tellings = tellingsOf(pieces);
      if (tellings === undefined) continue;
      const found = resolveTellings(tellings, sentence, context);
      if (found.kind === 'moments') return { found, text: sentence.slice(first.index, last.end), index: first.index };
    }
  }
  return undefined;
}
const isTelling = ({ kind }: Piece): boolean => !['filler', 'opener', 'to'].includes(kind);

/** What a day is that is not the day of an incident, in the words right before it. */
const otherDays =
  /(?:^|[^a-z])(?:until|till|by|before|due|deadline|prior to|no later than|versions?|releases?|released|build|tag|tagged|api|planned|scheduled|expir(?:es|ed|y)|valid|published|posted|updated|modified|edited|created|written|completed|finished|resolved|restored|recovered|fixed|repaired|ended|over|copyright|will|next|introduced|launched|founded|meeting|review(?:ed)?|analysis|report|document|analisis|informe|reporte|documento|rapport|compte rendu|bericht|berichts|relatorio|rapporto|verslag|besprechung|reunion|riunione|emissao|postmortem held|bis|vor|spatestens|fallig|avant|antes|hasta|ate)(?: +(?:on|at|for|in|the|of|from|am|zum|le|el|de|date|is|was|until))*[ :,]*$/;
/** Words that begin what goes on, and is no incident, unless a time of day follows. */
const since = /(?:^|[^a-z])(?:since|as of|starting|seit|ab|depuis|desde)(?: +(?:on|the|dem|le|el))*[ :,]*$/;
/** Words before a day in its place in time. Without a year only such a day counts. */
const dayLead =
  /(?:^|[^a-z])(?:on|from|between|at|am|vom|zwischen|le|du|el|del|em|no|utc|gmt)(?: +(?:the|night of|morning of))?[ :,]*$|\d\d:\d\d[^a-z]*(?:utc|gmt)?[ ,]*$/;

/** "On Tue, 19 May 2026 at 16:02, Bea wrote:" is the head of an answered mail. */
const quotedMail = /^[^.\n]{0,60}(?:wrote|writes|schrieb|a ecrit|escribio|escreveu|ha scritto|schreef) ?:/;
/** "Last edited by Rosa Lind on …", "the previous incident of this sort was on …" */
const byHand =
  /(?:edited|updated|modified|exported|created|written|reviewed|signed|approved) by [^.;]{1,40} on *$|(?:previous|last|similar|prior|earlier) (?:incident|outage|time|such)[^.;]{0,50}$/;

function isCredible({ found, text, index }: FoundMoments, sentence: string, { latest }: FindContext): boolean {
  const before = folded(sentence.slice(Math.max(0, index - 60), index));
  const hasTime = found.start.includes('T');
  if (quotedMail.test(folded(sentence.slice(index + text.length, index + text.length + 80))) || byHand.test(before)) return false;
  if (otherDays.test(before) || (!hasTime && found.end === undefined && since.test(before))) return false;
  if (!/(?:^|\D)(?:1[6-9]|2\d)\d\d(?!\d)|\d{8}/.test(text) && !(dayLead.test(before) || hasTime)) return false;
  return latest === undefined || found.start <= latest;
}

/** "On 17 November 2026 nobody could log in between 13:05 and 13:31 UTC": day and times apart. */
function withTimes(
  day: FoundMoments,
  runs: readonly (readonly Piece[])[],
  sentence: string,
  context: FindContext,
): FoundMoments | undefined {
  for (const run of runs.filter((one) => !one.some(isDay) && one.some(({ kind }) => kind === 'clock'))) {
    const times = foundIn(run, sentence, { ...context, day: day.found.start });
    if (times === undefined) continue;
    const before = folded(sentence.slice(Math.max(0, times.index - 20), times.index));
    const leads =
      /(?:^|[^a-z])(?:at|from|between|around|um|gegen|von|zwischen|a|de|entre|a las|desde|as|das)(?: +(?:about|around|ca\.?))?[ ~]*$/.test(
        before,
      );
    if (!leads && times.found.end === undefined && times.found.zone !== 'written') continue;
    const index = Math.min(day.index, times.index);
    const end = Math.max(day.index + day.text.length, times.index + times.text.length);
    return { found: times.found, text: sentence.slice(index, end), index };
  }
  return undefined;
}

/** Words before the date of a title that name the document, and no incident of their own. */
const titleLead =
  /^\W*(?:(?:incident|outage|postmortem|post|mortem|pm|rca|report|review|summary|analysis|retrospective|storung|störung|vorfall|incidente|panne|[a-z]{1,10}[-_ #]?\d{1,8}|of|from|the|on|for|-)[\s:–—|#,.([\]-]*)*$/i;

/** Behind the date of a title may stand a remark in brackets. */
const titleEnd = /^[\s)\].:]{0,9}(?:[([][^()[\]\d]{1,30}[)\]])?[\s.:]{0,9}$/;

/**
 * The date with which a title begins or ends, with its times if it has any: "2026-11-17 sign-in
 * outage", "INC-7 – 17 November 2026". Never without a year.
 */
export function dayOfTitle(title: string, context: MomentContext): FoundMoments | undefined {
  if (title.length > longestSentence) return undefined;
  const slug = /^(\d{4}-\d\d-\d\d)[-_](?=\p{L})/u.exec(title);
  const text = slug === null ? title : `${slug[1]} ${title.slice(slug[0].length)}`;
  for (const run of runsOf(asTitle(piecesOf(text), text)).filter((one) => one.some(isDay))) {
    const found = foundIn(run, text, { zone: context.zone });
    if (found === undefined) continue;
    const [before, after] = [text.slice(0, found.index), text.slice(found.index + found.text.length)];
    if (!titleLead.test(before) && !titleEnd.test(after)) continue;
    if (!otherDays.test(folded(before))) return found;
  }
  return undefined;
}

/** As prose, but a title may begin with `20261117`. */
const asTitle = (pieces: readonly Piece[], text: string): Piece[] =>
  asProse(pieces, text).map((piece, i) => (i === 0 && pieces[0]?.kind === 'day' ? pieces[0] : piece));
