import { findSeverity, findStatus } from '../classification-words.ts';
import { readMoments } from '../moments/read-moments.ts';
import { type Fact, type ReadingContext, trusts } from './fact.ts';
import { plainValue } from './read-value.ts';

/** Characters at the beginning of a document in which it speaks of itself. */
const beginning = 2500;
const longestLine = 600;

/**
 * What a document says of itself without a label, at its beginning: that it is a draft or was
 * retracted, when it was published, and how severe "this SEV-1 incident" was. The text stays.
 */
export function factsOfNotices(title: string, markdown: string, context: ReadingContext): Fact[] {
  const lines = markdown
    .slice(0, beginning)
    .replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm, '')
    .split('\n')
    .filter((line) => line.length <= longestLine);
  const notices = lines.flatMap((line, i) => [
    ...(i > 0 && lines[i - 1]?.startsWith('>') === true && !line.startsWith('>') ? [] : ofStatus(line)),
    ...ofPublication(line, context),
    ...ofSeverity(line, context),
  ]);
  return [...stateOfTitle(title), ...dayBelowTitle(lines, context), ...notices];
}

const fact = (field: string, value: unknown, as: string, trust: number): Fact => ({
  field,
  sent: { value, as },
  place: as === 'title' ? 'the title' : 'a sentence at the beginning',
  trust,
});

const reports =
  'report|post-?mortem|version|document|review|analysis|pir|rca|post[- ]incident|incident|summary|bericht|fassung|informe|documento|rapport|relatório|relatorio|rapporto|verslag';
const unfinished =
  'preliminary|interim|provisional|draft|vorläufige?[rs]?|entwurf|preliminar|borrador|provisorio|provisório|rascunho|préliminaire|provisoire|brouillon|preliminare|bozza|voorlopige?|concept|wip|work in progress|utkast|udkast|szkic|下書き|草案|草稿|暫定|征求意见稿|徵求意見稿|초안';
const takenBack = 'retracted|withdrawn|zurückgezogen|retiré|retirado|ritirato|ingetrokken|撤回|取り下げ|철회';

/** "Preliminary report: …", "[DRAFT] …", "… (Entwurf)", "… - WIP". */
const inTitle = new RegExp(
  `^[^\\p{L}\\p{N}]{0,3}(${unfinished})(?:\\s*[:：|\\])】）–—]|\\s+-\\s|\\s+(?:${reports})(?!\\p{L}))|[[(【（] ?(${unfinished}) ?[\\])】）]|(?:\\s-{1,2}|\\s?[–—]|[:：|])\\s?(${unfinished})[\\s.!]{0,3}$`,
  'iu',
);
/** The state that a title names beside its words. */
export function stateOfTitle(title: string): Fact[] {
  const found = title.length > 300 ? null : inTitle.exec(title);
  return ofWord(found?.slice(1).find(Boolean) ?? '', 'title');
}

/** "This is a preliminary report.", "Este informe es un borrador." */
const speaks = new RegExp(
  `(?<!\\p{L})(?:this|dies(?:es|er)?|das|este|esta|ce|cette|questo|questa|dit|deze)(?: (?:${reports}))? (?:is|remains|ist|es|est|è|é|is nog)(?: (?:still|only|noch|nur|aún|encore|ancora|ainda|slechts))?(?: (?:an?|our|the|ein|eine|un|une|uno|una|um|uma|een))? (?:(?:${reports}) )?(${unfinished})(?=\\s*(?:$|[.,:;!)–—])| (?:${reports}))`,
  'iu',
);
const retracted =
  /(?<!\p{L})(?:this (?:report|document|post-?mortem|review) (?:was|is|has been) (retracted|withdrawn)|dieser bericht (?:wurde|ist) (zurückgezogen)|este (?:informe|relatório) (?:fue|ha sido|foi) (retirado)|ce (?:rapport|document) a été (retiré))(?!\p{L})/iu;
/** A word alone in a quotation, a note or in bold, or before a dash: "> DRAFT - do not cite". */
const alone = new RegExp(
  `^(?:(?:> ?)+(?:\\[!\\w+\\][+-]? ?)?|:::\\s?\\w*\\s*|(?=\\*\\*|__))[*_\\s⚠🚧\\ufe0f]*(${unfinished}|${takenBack})[*_\\s.!]*(?:$|\\s[–—-]\\s)`,
  'iu',
);
/** A word alone, in capitals or in letters that have none. */
const shouted = new RegExp(`^(${unfinished}|${takenBack})[.!。]?$`, 'iu');
/** A kind of document with its state behind it: "REASON FOR OUTAGE - PRELIMINARY". */
const ofKind = new RegExp(
  `^(?:#{1,6} )?(?:reason for outage|root cause analysis|post-?mortem|incident (?:report|review)|after action (?:report|review)|rfo|rca|pir)(?: report)?\\s?[–—:(\\[-]\\s?(${unfinished})[)\\]]?$`,
  'iu',
);

/** Whether a paragraph is nothing but a notice of the state of its document. */
export const isNoticeOfState = (text: string): boolean =>
  (text.length <= 60 && (shouted.test(text) || ofKind.test(text))) || (text.length <= 300 && retracted.exec(text)?.index === 0);

function ofStatus(line: string): Fact[] {
  const plain = line.replace(/\*\*|__|\*/g, '');
  const isShouted = plain === plain.toUpperCase();
  const word =
    alone.exec(line)?.[1] ??
    ofKind.exec(plain)?.[1] ??
    (isShouted ? shouted.exec(plain.trim())?.[1] : undefined) ??
    speaks.exec(plain)?.[1] ??
    retracted.exec(plain)?.slice(1).find(Boolean);
  return ofWord(word ?? '', 'notice');
}
const ofWord = (word: string, as: string): Fact[] => {
  const known = [word, word.replace(/e?[rs]?$/, '')].find((one) => one !== '' && findStatus(one) !== undefined);
  return known === undefined ? [] : [fact('status', known, as, trusts.title)];
};

const published =
  /(?<!\p{L})(?:published|veröffentlicht|erschienen|publié|publiée|publicado|publicada|pubblicato|gepubliceerd)(?: on| am| le| el| em| il| op)?:? {1,3}(?=\S*\d|\p{L}+\.? \d|\p{L}+,? \d)/giu;
function ofPublication(line: string, context: ReadingContext): Fact[] {
  for (const { index, 0: lead } of line.matchAll(published)) {
    if (/(?:will be|to be|not|previously|first|preliminary[^.;]{0,30}) $/i.test(line.slice(Math.max(0, index - 40), index))) continue;
    const told =
      line
        .slice(index + lead.length, index + lead.length + 60)
        .split(/[;·|*_()]|\.(?!\d)|\s[–—-]\s|\s(?:and|und|et|y|by|von|par|por|da|door|updated|with)\s/u)[0] ?? '';
    const read = readMoments(told.trim().replace(/,$/, ''), context);
    if (read.kind === 'moments') return [fact('publishedAt', told.trim(), lead.trim(), trusts.title)];
  }
  return [];
}

/** "This **sev-1** incident affected …", "This incident was classified as SEV-2". */
const ofThis =
  /(?<!\p{L})this (sev(?:erity)?[ -]?\d|p[0-5]|s[0-5]) (?:incident|outage|event)(?!\p{L})|(?<!\p{L})(?:this|the) (?:incident|outage|event) (?:was|is) (?:classified|rated|categori[sz]ed) as (?:an? )?(sev(?:erity)?[ -]?\d|p[0-5]|s[0-5])(?![\p{L}\p{N}])/giu;
function ofSeverity(line: string, { aliases }: ReadingContext): Fact[] {
  const names = [...line.replace(/[*_`]/g, '').matchAll(ofThis)].map((found) => found[1] ?? found[2] ?? '');
  const [severity, ...others] = new Set(names.map((name) => findSeverity(name, aliases)));
  return severity !== undefined && others.length === 0 ? [fact('severity', names[0], 'text', trusts.prose)] : [];
}

/** A line below the title that is nothing but a day is a date without its label. */
function dayBelowTitle(lines: readonly string[], context: ReadingContext): Fact[] {
  const [title = '', day = ''] = lines.filter((line) => line.trim() !== '');
  if (!title.startsWith('# ') || day.length > 60 || /^\W*\p{L}[\p{L} ]*\W*[:：]/u.test(day)) return [];
  const written = plainValue(day.trim());
  const read = /\d{4}/.test(written) ? readMoments(written, context) : undefined;
  return read?.kind === 'moments' && read.end === undefined
    ? [{ ...fact('startedAt', written, 'Date', trusts.title - 1), place: 'the line below the title' }]
    : [];
}
