import type { Paragraph } from 'mdast';
import { textOf } from '../plain-text.ts';
import type { MarkdownBlock } from './body-blocks.ts';
import { isNoticeOfState } from './facts/notices.ts';

/**
 * Whether a block is a paragraph that tells something. Notices about the document, its author and
 * date, lone links, pictures and calls of templates are not: a card must not begin with them.
 */
export function tellsSomething({ node }: MarkdownBlock): boolean {
  if (node.type !== 'paragraph') return false;
  const text = textOf(node).replace(/\s+/g, ' ').trim();
  if (!/\p{L}/u.test(text) || node.children.every(({ type }) => type === 'image')) return false;
  return !(
    isLink(text, node) ||
    isNotice(text, node) ||
    isByline(text) ||
    isNoticeOfState(text) ||
    isLabels(textOf(node)) ||
    remarks.test(text) ||
    greeting.test(text)
  );
}

const isLink = (text: string, { children }: Paragraph): boolean =>
  (children.length === 1 && children[0]?.type === 'link') || /^[^.!?]{0,80}?\s?<?https?:\/\/\S{1,2000}$/i.test(text);

const documents = '(?:document|page|post-?mortem|report|post|article|review|template|doc|dokument|bericht|documento?|relatório|informe)';
const begins =
  /^(?:[⚠ℹ🚧❗❕!]\ufe0f?\s?)*(?:note|notice|nb|disclaimer|draft|wip|work in progress|attention|important|warning|hinweis|achtung|nota|aviso|注意|注|참고|주의)\s?[:：!–—]/iu;
const speaksOfItself = new RegExp(
  `(?:^|\\s)(?:this|the|dieses|dieser|ce|cette|este|esta) ${documents}\\s.{0,200}?(?:draft|template|feedback|confidential|review|updated|progress|blameless|living|archiv|generated|copied|translated|moved|entwurf|vorlage|brouillon|borrador|rascunho)`,
  'i',
);
function isNotice(text: string, { children }: Paragraph): boolean {
  const isMarked = children.length === 1 && (children[0]?.type === 'strong' || children[0]?.type === 'emphasis');
  if (text.length > 600) return false;
  return (
    begins.test(text) ||
    (isMarked && /^[!⚠🚧❗]/u.test(text)) ||
    ((isMarked || /^(?:this|dieses|dieser|ce|cette|este|esta)\s/i.test(text)) && speaksOfItself.test(text))
  );
}

/** "18 November 2026 · by Rosa Lind", "Posted on 2026-11-18". */
function isByline(text: string): boolean {
  const words = text.split(' ').length;
  if (words > 16 || /[.!?。]$/.test(text)) return false;
  const names = /(?:^|[·|•,–—-]\s?|\d\s)(?:[Ww]ritten |[Pp]osted |[Pp]ublished |[Aa]uthored )?(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)\s[\p{Lu}@]/u;
  return (
    names.test(text) ||
    (words <= 6 && /^(?:by|von|par|por|door) /i.test(text)) ||
    (words <= 12 &&
      /^(?:publi[ée]e?|publicad[oa]|pubblicat[oa]|veröffentlicht|gepubliceerd|published) (?:on |am |le |el |em |il |op )?\d/iu.test(
        text,
      )) ||
    (words <= 8 && /^(?:posted|published|updated|last (?:updated|modified)|\d)/i.test(text) && /(?:19|20)\d\d/.test(text))
  );
}

/** Short labels with their values: what was to be a fact and was not understood. */
const isLabels = (text: string): boolean =>
  !/^(?:post-?mortem|incident|outage|rca|retro|report|störung|vorfall|incidente?)/i.test(text) &&
  text.split('\n').every((line) => line.length <= 80 && /^\s*\p{Lu}[\p{L} /-]{0,30}[:：]\s*\S/u.test(line) && !/[.!?。]\s*$/.test(line));

const remarks = /^\(?(?:all (?:times|timestamps|dates)|alle zeiten|table of contents|\[?\[?toc\]|\{[{%].{0,300}[%}]\}$)/i;

/** A line that greets the readers of a letter or a mail. */
const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|bonjour|bonsoir|madame|chère?s?|hallo|guten (?:tag|morgen|abend)|moin|servus|liebe[rs]?|sehr geehrte[rs]?|hola|buen[oa]s|estimad[oa]s?|olá|bom dia|boa tarde|prezad[oa]s?|car[oaie]|ciao|buongiorno|gentil[ei]|beste|geachte|各位|大家好|尊敬的|皆様|皆さん|お疲れ様|お客様|안녕하세요|여러분)(?!\p{L})[^.?。\n]{0,60}[,，、!！:]?$/iu;
