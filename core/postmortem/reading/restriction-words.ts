import { noticeWords } from './classification-words.ts';

/** Letters of other scripts that look like Latin ones. They are replaced in words that mix both. */
const lookalikes = new Map(
  [...'АаВЕеЅѕІіЈјКкМмНОоРрСсТУуХхΑαΒΕΖΗΙΚΜΝΟοΡΤΥΧ'].map((letter, i) => [
    letter,
    [...'AaBEeSsIiJjKkMmHOoPpCcTYyXxAaBEZHIKMNOoPTYX'][i] ?? letter,
  ]),
);
const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', quot: '"', apos: "'", ndash: '–', mdash: '—', colon: ':' };

/**
 * A line of Markdown as a reader sees it: entities are decoded, links, images, badges, panels and
 * admonitions are replaced by their text, and lookalike letters by Latin ones.
 */
export function asSeen(line: string): string {
  const decoded = line
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, digits?: string) => {
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/&([a-z]{2,6});/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
  const link = /!?\[([^[\]]{0,200})\](?:\([^()]{0,500}\)|\[[^[\]]{0,100}\])/g;
  return decoded
    .normalize('NFKC')
    .replace(/\p{L}+/gu, (word) =>
      /[a-z]/i.test(word) && /[\u0370-\u04ff]/.test(word) ? [...word].map((one) => lookalikes.get(one) ?? one).join('') : word,
    )
    .replace(/<img\b[^<>]{0,300}?\balt=["']([^"'<>]{0,100})["'][^<>]{0,300}>/gi, '$1')
    .replace(link, '$1')
    .replace(link, '$1')
    .replace(/^\s*\[(?:\/\/|comment|_metadata_)[^\]]{0,40}\]:\s*(?:#|<>)\s*[("']?(.*?)[)"']?\s*$/i, '$1')
    .replace(/^\s*(?:!!!|\?\?\?\+?|:::+)\s*\w+\s*"?([^"]*)"?\s*$/, '$1')
    .replace(/\{(?:panel|info|note|warning|status)[^{}]{0,100}?\btitle=([^|{}]{0,100})[^{}]{0,200}\}/gi, '$1');
}

/** Words for the few who may read a document that not everybody may read. */
const few = new Set(
  `security secops legal leadership management managers executives executive execs board cto ciso ceo cfo hr commander commanders responders
  team teams direction sicherheitsteam sicherheitsteams sicherheit geschäftsführung rechtsabteilung leitung infosec csirt psirt`.split(
    /\s+/,
  ),
);
const limiting = new Set(
  'only solely exclusive exclusively restricted limited reserved nur réservé réservée uniquement seulement ausschließlich'.split(' '),
);
const besides = new Set(
  `for the to and or of a an is are our this these it be strictly sensitive internal confidential access audience readership distribution circulation
  visible visibility readable read reader readers incident staff members member people eyes document postmortem report page für das die den und
  à la le les l au aux et oder zugriff please engineering department dept security-team who may can use by within intended meant addressed official interne
  internen gebrauch zur verwendung durch des usage réservés aux`.split(/\s+/),
);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
/**
 * Whether a clause consists only of words about who may read it: "restricted to security and
 * legal", "leadership only".
 */
function namesFew(clause: string): boolean {
  const words = wordsOf(clause.replace(/['’]s\b/g, ''));
  return (
    words.length <= mostWords &&
    words.some((word) => few.has(word)) &&
    words.some((word) => limiting.has(word)) &&
    words.every((word) => few.has(word) || limiting.has(word) || besides.has(word))
  );
}
const mostWords = 14;

/**
 * After "this" the document itself is meant. Without it, a page, a section or a file may be
 * something that failed.
 */
const ours = '(?:document|post-?mortem|report|pm|rca|write-?up|analysis|review)';
const documents = '(?:document|post-?mortem|report|page|pm|rca|write-?up|analysis|review|section|file)';
const secret = `(?:${noticeWords}|vertraulich\\p{L}*|confidentiels|confidentielles|secret|privileged)`;
const between = "(?: (?!(?:not|no|never|nor|about|on|of|for|nicht|pas|non)\\b)[\\p{L}'’-]+){0,5}?";
const end = '(?![\\p{L}\\p{N}])(?! comput)';
const kind = '(?: incident| entire| whole)?';
const says = '(?:is|are|must|should|has been|remains?|shall)';
/** "The page is restricted by the WAF" describes how a system works, unless people are named. */
const notByMeans = `(?:(?<!restricted)|(?! (?:by|to|in|from|behind|at|per|via|through|with|under|while|when|on) )|(?=.{0,80}(?<!\\p{L})(?:${[...few].join('|')})(?!\\p{L})))`;
const readership = '(?:circulation|distribution|readership|access|audience)';
const endOfClause = '(?=\\s*(?:$|[.,;:!)–—]|- |(?:and|as|because|until|since) ))';
const team = "(?:of )?(?:the |this |our )?[\\p{L}' -]{0,30}\\b(?:team|group|security|legal|leadership|management|responders)\\b";
const sentences = [
  `(?<!\\p{L})this${kind} ${documents} (?:(?:has|is (?:for|under|of|subject to|intended for|meant for)) (?:an? )?(?:strictly )?(?:restricted|limited) ${readership}|is not (?:intended |meant )?for (?:general |wider |further )?(?:distribution|circulation|sharing))(?: only)?${endOfClause}`,
  `(?<!\\p{L})this${kind} ${documents} (?:must|should|may|shall|can|is) not (?:to )?be (?:re)?(?:shared|distributed|forwarded|circulated|disclosed|disseminated|passed on)(?:,? (?:or|and) (?:shared|distributed|forwarded|circulated|disclosed|copied))*(?:${endOfClause}| further| (?:outside|beyond) ${team}| with (?:anyone|anybody|others)| without )`,
  `^(?:the )?(?:sharing|distribution|circulation|forwarding|disclosure)(?: or \\p{L}+)? of this ${documents} is (?:prohibited|forbidden|not (?:allowed|permitted))`,
  `(?<!\\p{L})(?:(?:this|these)${kind} ${ours}|the${kind} (?:post-?mortem|pm|rca|write-?up)) ${says}${between} ${secret}${end}`,
  `(?<!\\p{L})(?:this|these|the)${kind} ${documents} ${says}${between} ${secret}${end}${notByMeans}`,
  `(?<!\\p{L})this${kind} ${documents} (?:contains?|includes?|holds)(?: strictly| highly| company| some)* ${secret}${end}`,
  `(?:(?:^|[.!?:;–—-] ?|please )(?:treat|keep) (?:it|all of it|everything)|(?<!\\p{L})(?:treat|keep|handle|consider|regard)(?: all| the (?:contents?|details|information)(?: of| in))?(?: (?:this|these))(?: (?:incident|whole|entire|contents?|details|information|${documents})){0,3})(?: as)?(?: strictly| highly)? (?:${secret}|restricted|private)${end}`,
  `^this is(?: strictly| highly)? ${secret}[.!]?$`,
  `(?<!\\p{L})(?:dieses|dieser|diese) (?:dokument|bericht|seite|analyse|postmortem)s? (?:ist|sind|bleibt)${between} (?:vertraulich|geheim)${end}`,
  `(?<!\\p{L})(?:ce|cette|este|esta|questo) \\p{L}{4,14} (?:est|es|è)${between} (?:${noticeWords})${end}`,
  'attorney[ -]client|attorney work product|privileged (?:and|&) confidential',
].map((source) => new RegExp(source, 'iu'));

const clauses = [
  `^(?:please )?(?:do not|don['’]t|never) (?:copy|share|forward|distribute|redistribute|circulate|disclose|disseminate)(?:,? (?:or|and) (?:copy|share|forward|distribute|redistribute|circulate|disclose))*(?:$|[:,;–—(]| - | (?:this ${documents} )?(?:outside|beyond) ${team}| this(?: ${documents})?$| further$)`,
  `^for .{1,60} eyes only$|^(?:your )?eyes only$`,
  `^(?:on a )?need[ -]to[ -]know(?: basis)?(?: only)$|^(?:on a )?need[ -]to[ -]know basis$|^(?:strictly )?need-to-know$`,
  `^(?:restricted|limited) (?:circulation|distribution|readership|access|audience)$`,
  `^(?:(?:circulation|readership)(?: is)?|distribution|access) (?:restricted|limited)$`,
  `^no (?:re)?(?:shar(?:e|ing)|forward(?:ing)?|distribution|distribute)$`,
  `^not for (?:general |wider |further )?(?:distribution|circulation|sharing)$`,
  `^(?:bitte )?nicht (?:weitergeben|weiterleiten|teilen|verteilen)$`,
  `^ne pas (?:diffuser|partager|transmettre|divulguer)$`,
  `^(?:diffusion|accès|circulation|lecture) ?:? (?:restreinte?|limitée?|réservée?)$`,
  `^(?:streng geheim|streng vertraulich|top secret|vs-nfd|privileged)$`,
  `^confidentiality (?:notice|statement|warning)$|^vertraulichkeitshinweis$|^avis de confidentialité$`,
  `^(?:[\\p{L}\\p{N}]+ )?(?:strictly |highly |company |streng )?(?:${noticeWords.replace('restricted|', '')})(?: (?:until|unless|please|within) .{1,80}| (?:and|&) (?:proprietary|privileged)| draft)?$`,
].map((source) => new RegExp(source, 'iu'));
const negated = /^(?:not?|non|nicht|non|un|never|nothing|less|is|was|are|were|and|the|a) /i;

/** Text in quotation marks that is a sentence: a message of a product. */
const quoted = /["“„«][^"“”„«»]{1,200}["”“»]/g;
const withoutQuotes = (text: string): string => text.replace(quoted, (said) => (wordsOf(said).length > 2 ? ' … ' : said));

/** Whether a sentence in a text says that the document is confidential. */
export const saysItIsConfidential = (text: string): boolean => {
  const told = withoutQuestions(withoutQuotes(text));
  return /\p{L}/u.test(told) && sentences.some((sentence) => sentence.test(told));
};

/** A question states nothing, so questions are removed. */
const withoutQuestions = (text: string): string =>
  text
    .split(/(?<=[.!?;])/)
    .filter((sentence) => !sentence.endsWith('?'))
    .join('');
/** A tag as words: `do-not-share`, `DoNotShare`. */
export const spoken = (tag: string): string =>
  /\s/.test(tag.trim())
    ? tag
    : tag
        .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
        .replace(/^#|[-_.:]+/g, ' ')
        .trim();

/**
 * Whether a clause of a short line, or a whole sentence of a longer one, tells readers that not
 * everybody may see it.
 */
export function limitsReaders(text: string): boolean {
  const told = withoutQuestions(withoutQuotes(text).slice(0, 400));
  const parts = told.split(/[.!?;]+(?:\s|$)|[()[\]【】]/).map(trimmed);
  if (parts.some((part) => namesFew(part) || clauses.slice(0, -1).some((clause) => clause.test(part)))) return true;
  if (wordsOf(told).length > mostWords) return false;
  const pieces = parts.flatMap((part) => part.split(/\s[–—-]+\s|[–—:/,#|]/)).map((piece) => spoken(trimmed(piece)));
  return pieces.some((piece) => namesFew(piece) || (!negated.test(piece) && clauses.some((clause) => clause.test(piece))));
}
const trimmed = (part: string): string =>
  part
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trim()
    .replace(/[\s.,:;–—-]+$/, '');

/** Names of fields that say who may read something, if their value limits it. */
const readerNames =
  '(?:allowed|permitted|authorised|authorized)?(?:readers?|viewers?)|readership|visibleto|sharedwith|acl|who(?:may|can)(?:read|see)(?:this)?';
const fields = new RegExp(
  `^(?:${readerNames}|circulation|audience|handling|distribution(?:list)?|sharing|access(?:level)?|zugriff|verteiler|accès|diffusion|.{0,24}classification|.{0,12}klassifizierung)$`,
);
export const isFieldOfReaders = (name: string): boolean => fields.test(name);
const lists = new RegExp(`^(?:${readerNames})$`);
const flags = /^(?:is)?(?:share|shared|shareable|sharing|publish)$/;
const strong =
  /(?<!\bnot |\bnon-|\bno )(?<!\p{L})(?:confidential|vertraulich|confidentiel(?:le)?|need[ -]to[ -]know|restreinte?|privileged)(?!\p{L})/iu;
const none = /^(?:no|none|false|off|n\/?a|-|~|null)?$/i;
/** "High", but not "high alert threshold". A reason may follow. */
const high =
  /^(?:(?:very )?high|sensitive)(?:[.!]?$|\s*[(,;:–—-](?!.*(?:alarm|alert|threshold|detect|sensor|sampl|noise|metric|monitor|%)))|\bc[34]\b/i;
const happened =
  /(?<!\p{L})(?:was|were|had|got|gets|could|can't|cannot|lost|noticed|saw|failed|fell|broke|broken|locked|blocked|denied|paged|pools?|hosts?|\p{L}+(?<!restrict|limit|reserv|grant|shar|permitt|allow|nam|approv|invit|authori[sz]|select|list|assign|involv|concern|intend|classifi|mention|ne)ed)(?!\p{L})/iu;

/** Whether a field or label about readers, by its squeezed name, has a value that limits them. */
export function limitsByField(name: string, value: string): boolean {
  const said = value.trim().slice(0, 200);
  if (name === 'restrictedto' || name === 'embargo' || name === 'embargoed' || name === 'embargountil') return !none.test(said);
  if (flags.test(name)) return /^(?:false|no|n|off|never)$/i.test(said);
  if (/^(?:sensitivity|sensitivitylevel)$/.test(name)) return high.test(said) || strong.test(said);
  if (/^(?:information|data|document|security).*classification$/.test(name) && /^c[34]\b/i.test(said)) return true;
  if (!fields.test(name)) return false;
  return strong.test(said) || limitsReaders(said) || namesOnlyFew(said) || isLimited(said);
}

/**
 * Whether a value states a limit, possibly with more, such as names of people. What happened to
 * somebody's access is not a limit.
 */
function isLimited(said: string): boolean {
  const words = wordsOf(said);
  const [first = '', second = ''] = words;
  const isSaidAtOnce = limiting.has(first) && /^(?:to|for)$/.test(second) && words.slice(2, 6).some((word) => few.has(word));
  if (isSaidAtOnce || limitsReaders(said.split(/[,;.(–—]/)[0] ?? '')) return true;
  return !happened.test(said) && words.some((word) => few.has(word)) && words.some((word) => limiting.has(word));
}

const address = /[^\s@]+@[^\s@]+\.[^\s@]+|(?<!\S)@[\p{L}\p{N}_-]+/gu;
/** Teams and addresses, and nobody else: "security, legal and the CTO". */
function namesOnlyFew(said: string): boolean {
  const names = said
    .replace(address, ' security ')
    .replace(/['’]s\b/g, '')
    .split(/[,;/+&]|\s(?:and|or|und|oder|et)\s/iu)
    .map((name) => wordsOf(name).flatMap((word) => word.split('-')))
    .filter((words) => words.length > 0);
  const isFew = (words: readonly string[]) =>
    (words.some((word) => few.has(word) && !/^teams?$/.test(word)) || words.join(' ') === 'incident team') &&
    words.every((word) => few.has(word) || among.has(word));
  return names.length > 0 && names.every(isFew);
}
const among = new Set('the of our a incident engineering members internal das die der le la les'.split(' '));

const everybody = /^(?:engineer(?:s|ing)?|developers?|staff|employees|colleagues|all\b.*|every.*|any.*)$/i;
/**
 * Whether the list in a field names who may read the document, and does not include everybody.
 * `isOpen` knows the words for everybody.
 */
export const listsReaders = (name: string, values: readonly string[], isOpen: (value: string) => boolean): boolean =>
  lists.test(name) &&
  values.some((value) => /\p{L}/u.test(value)) &&
  !values.some((value) => isOpen(value) || everybody.test(value.trim()));
