import { lazily } from '../../../shared/lazily.ts';
import { noticeWords } from '../classification-words.ts';

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
  const decoded = line.includes('&') ? withoutEntities(line) : line;
  const latin = isAscii.test(decoded) ? decoded : withLatinLetters(decoded.normalize('NFKC'));
  return marked.test(latin) ? withoutMarkup(latin) : latin;
}
/** Most lines are plain, and are not searched for what they cannot have. */
const isAscii = /^[\0-\x7f]*$/;
const marked = /[[<{]|!!!|\?\?\?|:::/;

const withoutEntities = (line: string): string =>
  line
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, digits?: string) => {
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/&([a-z]{2,6});/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
const withLatinLetters = (line: string): string =>
  /[\u0370-\u04ff]/.test(line)
    ? line.replace(/\p{L}+/gu, (word) =>
        /[a-z]/i.test(word) && /[\u0370-\u04ff]/.test(word) ? [...word].map((one) => lookalikes.get(one) ?? one).join('') : word,
      )
    : line;
function withoutMarkup(line: string): string {
  const link = /!?\[([^[\]]{0,200})\](?:\([^()]{0,500}\)|\[[^[\]]{0,100}\])/g;
  return line
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
  team teams direction sicherheitsteam sicherheitsteams sicherheit geschäftsführung rechtsabteilung leitung infosec csirt psirt
  directors directie bestuur beveiligingsteam dirección directivos direzione dirigenti direção zarządu zarząd`.split(/\s+/),
);
const limiting = new Set(
  `only solely exclusive exclusively restricted limited reserved nur réservé réservée uniquement seulement ausschließlich alleen uitsluitend solo sólo solamente
  únicamente reservado soltanto riservato somente apenas tylko wyłącznie`.split(/\s+/),
);
const besides = new Set(
  `for the to and or of a an is are our this these it be strictly sensitive internal confidential access audience readership distribution circulation
  visible visibility readable read reader readers incident staff members member people eyes document postmortem report page für das die den und
  à la le les l au aux et oder zugriff please engineering department dept security-team who may can use by within intended meant addressed official interne
  internen gebrauch zur verwendung durch des usage réservés aux sre voor van het para el los del al equipo uso per il della équipe dla zespołu`.split(
    /\s+/,
  ),
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
const team =
  "(?:of )?(?:the |this |our |your )?[\\p{L}' -]{0,30}\\b(?:team|group|squad|department|committee|board|security|legal|hr|finance|leadership|management|responders|leads|leaders|managers|directors|executives|commanders)(?![\\p{L}'’])";
/**
 * Where a wish ends that names a team: "within the team until legal agrees", not "within the team
 * budget".
 */
const endOfWish = `(?:${endOfClause}|(?= (?:for now|until|till|before|unless|please|at all|yet|without) ))`;
/**
 * A reason of people or a day: "before 15 January", "until legal agrees". A system waits for other
 * things.
 */
const months = 'jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const untilPeople = `(?:before|until|till|unless|without) [^.!?;]{0,60}?(?:\\d{4}-\\d\\d|\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${months})|(?<!\\p{L})(?:${months}) \\d|day(?!\\p{L})|tomorrow|next week|further notice|legal|approv|permission|review|sign(?:ed|s)?[ -]?off|customers?|announce|disclos|embargo|consent)`;
const reading = '(?:read|seen|viewed|opened|accessed)';
const passing = '(?:shared|discussed|circulated|forwarded|distributed)';
const alone = '(?:only|solely|exclusively)';
const all = '(?! (?:every|any|all(?!\\p{L})|employees|staff|(?:the |our )?(?:whole |entire )?(?:company|organi[sz]ation)))';
/** Who stands outside the company. To keep a document from them says that it is internal. */
const outsiders =
  'empresa|compañía|organizaci|entreprise|société|unternehmen|firma|firmy|bedrijf|organisatie|azienda|società|extern|außen|dritte|kunden|client|tiers|tercer|terzi|derden|klanten';
/**
 * What follows a prohibition in other languages: nothing, the document, a place, or a day or
 * people to wait for.
 */
const afterwards = `(?:(?: (?:este|esta|questo|questa|dieses|diesen|dit|ce))?(?: (?:documento|informe|relatório|rapporto|dokument|bericht|document|rapport|post-?mortem|raport))?$|(?!.{0,60}(?:${outsiders})) (?:(?:fuera|fuori|fora|hors|en dehors|außerhalb|buiten|poza)(?!\\p{L})|(?:antes|hasta|prima|fino|avant|jusqu|vor|bis|voor|tot|przed)(?!\\p{L})(?=.{0,60}(?:\\d|legal|recht|jur[ií]d|freigabe|aviso|autori|genehm|toestemming))))`;
/** A report in other languages, after "this" in that language. */
const foreign =
  '(?:dies(?:es|er|e) (?:dokument|bericht|analyse|post-?mortem)|ce (?:document|rapport|post-?mortem)|est[ea] (?:documento|informe|relatório|post-?mortem)|quest[oa] (?:documento|rapporto|relazione|post-?mortem)|dit (?:document|rapport|post-?mortem)|ten (?:dokument|raport))';
/** One pattern for all takes half the time of one after the other. */
const anyOf = (sources: readonly string[]): (() => RegExp) =>
  lazily(() => new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'iu'));
const sentences = anyOf([
  `(?<!\\p{L})this${kind} ${documents} (?:(?:has|is (?:for|under|of|subject to|intended for|meant for)) (?:an? )?(?:strictly )?(?:restricted|limited) ${readership}|is not (?:intended |meant )?for (?:general |wider |further )?(?:distribution|circulation|sharing))(?: only)?${endOfClause}`,
  `(?<!\\p{L})this${kind} ${documents} (?:must|should|may|shall|can|is) not (?:to )?be (?:re)?(?:shared|distributed|forwarded|circulated|disclosed|disseminated|published|released|passed on)(?:,? (?:or|and) (?:shared|distributed|forwarded|circulated|disclosed|copied))*(?:${endOfClause}| further| yet| ${untilPeople}| (?:outside|beyond) ${team}| with (?:anyone|anybody|others)| without )`,
  `^(?:the )?(?:sharing|distribution|circulation|forwarding|disclosure)(?: or \\p{L}+)? of this ${documents} is (?:prohibited|forbidden|not (?:allowed|permitted))`,
  `(?<!\\p{L})(?:(?:this|these)${kind} ${ours}|the${kind} (?:post-?mortem|pm|rca|write-?up)) ${says}${between} ${secret}${end}`,
  `(?<!\\p{L})(?:this|these|the)${kind} ${documents} ${says}${between} ${secret}${end}${notByMeans}`,
  `(?<!\\p{L})this${kind} ${documents} (?:contains?|includes?|holds)(?: strictly| highly| company| some)* ${secret}${end}`,
  `(?:(?:^|[.!?:;–—-] ?|please )(?:treat|keep) (?:it|all of it|everything)|(?<!\\p{L})(?:treat|keep|handle|consider|regard)(?: all| the (?:contents?|details|information)(?: of| in))?(?: (?:this|these))(?: (?:incident|whole|entire|contents?|details|information|${documents})){0,3})(?: as)?(?: strictly| highly)? (?:${secret}|restricted|private)${end}`,
  `^this is(?: strictly| highly)? ${secret}[.!]?$`,
  `(?<!\\p{L})(?:dieses|dieser|diese) (?:dokument|bericht|seite|analyse|postmortem)s? (?:ist|sind|bleibt)${between} (?:vertraulich|geheim)${end}`,
  `(?<!\\p{L})(?:ce|cette|este|esta|questo) \\p{L}{4,14} (?:est|es|è)${between} (?:${noticeWords})${end}`,
  `(?<!\\p{L})this${kind} ${ours} (?:must|may|should|shall|can|is) not (?:to )?(?:leave|go (?:beyond|outside)|be (?:read|seen) (?:outside|beyond)) (?:${team}|(?:this|the) room)${endOfWish}`,
  `(?<!\\p{L})this${kind} ${ours}(?!\\p{L})[^.!?;]{0,120}? (?:may|must|should|shall|can|is to)(?: ${alone} be (?:${reading} by|${passing}(?: further)? (?:with|within|among|inside))| be (?:${reading} ${alone} by|${passing} ${alone} (?:with|within|among|inside)))${all}`,
  `(?<!\\p{L})this${kind} ${ours} is (?:${alone} (?:visible|readable|available|open|accessible)|(?:visible|readable|available|open|accessible) ${alone}) (?:to|for)${all}`,
  `(?<!\\p{L})only(?! (?:one|two|half|some|few|\\d))(?![^.!?;]{0,60}(?<!\\p{L})(?:root|the leader|primary|replicas?|nodes?|pods?|process(?:es)?|services?|jobs?|threads?|clients?|daemons?|kernel|customers?|users?)(?!\\p{L}))[^.!?;]{1,60}? (?:may|should|are allowed to|is allowed to) (?:(?:read|forward|share) this|(?:read|see|open|view|forward|share) this${kind} ${ours})${endOfClause}`,
  `(?<!\\p{L})this(?:${kind} ${ours})? (?:(?:must|should|shall|has to|needs to|is to) )?(?:stays?|remains?|be kept|is kept) (?:strictly )?(?:within|inside|between|among) (?:us|${team})${endOfWish}`,
  `(?:(?:^|[.!?:;–—-] ?|please |must )keep )(?:this|it|all of (?:this|it)|everything)(?: (?:incident|whole|entire|${documents})){0,3} (?:to yoursel(?:f|ves)|to ourselves|between us|among us|under wraps|quiet(?!\\p{L})|off the record|(?:strictly )?(?:within|inside) ${team}${endOfWish})`,
  `(?<!\\p{L})(?:this|it)(?:${kind} ${ours})? is not (?:public|open|for everyone|for everybody|for all) (?:within|inside|in|across|at) (?:the |our )?(?:company|organi[sz]ation|firm)(?!\\p{L})`,
  `(?:^|[.!?:;–—-] ?|please )(?:ask|check with|talk to|speak to|contact) [^.!?;]{1,40} before (?:you )?(?:(?:forward|shar|pass|distribut|circulat)(?:e|ing)? (?:it|this)|publish(?:ing)? this)(?!\\p{L})(?! (?:with|to) (?:customers?|the (?:public|press|customers?)|partners?|anyone outside))`,
  `(?<!\\p{L})this${kind} ${documents} is (?:still |strictly )?(?:embargoed|under (?:an? |strict )?embargo)(?!\\p{L})`,
  `(?<!\\p{L})${foreign} (?!.{0,80}(?:${outsiders}))(?:(?:darf|soll|mag) (?:\\p{L}+ ){0,4}?(?:nicht|niet)|ne doit|ne peut|no debe|no puede|non deve|não deve|nie może) (?:[\\p{L}'’]+ ){0,4}?(?:verlassen|weitergegeben|weitergeleitet|verteilt|veröffentlicht|sortir|quitter|être (?:diffusé|partagé|transmis)|salir|compartirse|difundirse|uscire|essere (?:condiviso|diffuso)|sair|verlaten|gedeeld|verspreid|opuszczać)(?!\\p{L})`,
  `(?<!\\p{L})${foreign} (?:darf nur (?:von|durch)|ist nur für|ne peut être lue? que par|est réservée? (?:à|aux?)|s[oó]lo (?:puede|debe) (?:leerlo|ser leído)|può essere letto solo|mag alleen (?:door|binnen)|is alleen voor)(?!\\p{L})`,
  `(?<!\\p{L})(?:für (?:euch|dich) behalten|behalt(?:e|et) (?:das|dies|es) für (?:euch|dich)|gardez (?:cela|ceci|ça) pour vous|houd dit voor (?:je|jullie|u)(?:zelf)?)(?!\\p{L})`,
  'attorney[ -]client|attorney work product|privileged (?:and|&) confidential',
]);

const passes = '(?:copy|share|forward|distribute|redistribute|circulate|disclose|disseminate|publish)';
/** Prohibitions for readers, which no negation before them turns round. */
const prohibitions = [
  `^(?:please )?(?:do not|don['’]t|never) ${passes}(?:,? (?:or|and) ${passes})*(?:(?: this(?:${kind} ${documents})?)?(?:$|[:,;–—(]| - | further$)|(?: (?:this|it)(?:${kind} ${documents})?)?(?: (?:anywhere )?(?:outside|beyond) ${team}| (?:yet|for now)(?!\\p{L})| ${untilPeople}))`,
  `^(?:please )?(?:do not|don['’]t|never) (?:release|post|print) this(?:${kind} ${documents})?(?:$|[:,;–—(]| yet| ${untilPeople})`,
  `^not (?:yet )?for (?:general |wider |further )?(?:distribution|circulation|sharing|publication|release)(?: yet| outside ${team}| ${untilPeople}|$)`,
  `^not to be (?:shared|distributed|forwarded|circulated|published|disclosed)(?: yet| outside ${team}| ${untilPeople}|$)`,
  `^(?:bitte )?nicht (?:weitergeben|weiterleiten|teilen|verteilen|verbreiten|weiterverbreiten|veröffentlichen)${afterwards}`,
  `^nicht zur (?:veröffentlichung|weitergabe|verteilung)(?: bestimmt)?$`,
  `^(?:prière de )?ne pas (?:diffuser|partager|transmettre|divulguer|publier)${afterwards}`,
  `^(?:por favor )?no (?:difundir|compartir|distribuir|divulgar|reenviar|publicar)${afterwards}`,
  `^(?:per favore )?non (?:divulgare|diffondere|condividere|distribuire|inoltrare|pubblicare)${afterwards}`,
  `^não (?:divulgar|partilhar|compartilhar|distribuir|reencaminhar|publicar)${afterwards}`,
  `^(?:gelieve )?niet (?:te )?(?:verspreiden|delen|doorsturen|publiceren)${afterwards}`,
  `^nie (?:rozpowszechniać|udostępniać|przekazywać|publikować)${afterwards}`,
];
/** Whole sentences that have no label before them: "Impact: restricted to the team" is none. */
const wholeSentences = [
  `^(?!.*security group)(?:(?:restricted|limited|reserved|confined|internal|visible|readable)(?: ${alone})? (?:to|for)|locked(?: ${alone})? to)(?: ${alone})? ${team}(?: only)?$`,
  `^${alone} for ${team}$`,
  `^embargo(?: (?:lifts|ends|expires) .{1,40})?$`,
];
const teamAlone = new RegExp(`^(?:${alone} )?${team}(?: ${alone})?$`, 'iu');
/** Whether a short text names a team and nothing more: what stands beside a lock. */
export const namesATeam = (text: string): boolean => wordsOf(text).length <= 5 && teamAlone.test(trimmed(text));

const clauses = [
  `^for .{1,60} eyes only$|^(?:your )?eyes only$`,
  `^(?:on a )?need[ -]to[ -]know(?: basis)?(?: only)$|^(?:on a )?need[ -]to[ -]know basis$|^(?:strictly )?need-to-know$`,
  `^(?:restricted|limited) (?:circulation|distribution|readership|access|audience)$`,
  `^(?:(?:circulation|readership)(?: is)?|distribution|access) (?:restricted|limited)$`,
  `^no (?:re)?(?:shar(?:e|ing)|forward(?:ing)?|distribution|distribute)$`,
  `^(?:diffusion|accès|circulation|lecture|usage) ?:? (?:restreinte?|limitée?|réservée?)$`,
  `^(?:uso|acceso|acesso|accesso|lectura|lettura|difusión|difusão|diffusione|distribución|circulación) (?:restringid[oa]|restrit[oa]|ristrett[oa]|limitad[oa]|limitat[oa]|reservad[oa]|riservat[oa])$`,
  `^(?:beperkte (?:verspreiding|toegang)|(?:verspreiding|toegang) beperkt|eingeschränkter (?:verteiler|leserkreis)|do użytku ograniczonego)$`,
  `^(?:strictly |still )?(?:embargoed|under (?:an? |strict )?embargo|embargo(?:ed)? (?:until|till) .{1,80})(?: (?:until|till) .{1,80})?$`,
  `^(?:sperrfrist (?:bis )?.{0,10}\\d.{0,40}|(?:sous|bajo|sotto|onder|pod) embargo(?: .{1,60})?|embargo (?:bis|hasta|fino|tot) .{1,60}|embargado hasta .{1,60})$`,
  `^(?:関係者(?:限り|のみ|以外秘|外秘)|部外秘|厳秘|取扱注意|(?:転送|転載|配布|共有)禁止)$`,
  `^(?:streng geheim|streng vertraulich|top secret|vs-nfd|privileged)$`,
  `^confidentiality (?:notice|statement|warning)$|^vertraulichkeitshinweis$|^avis de confidentialité$`,
  `^(?:[\\p{L}\\p{N}]+ )?(?:strictly |highly |company |streng )?(?:${noticeWords.replace('restricted|', '')})(?: (?:until|unless|please|within|bis|jusqu|hasta|fino|tot) ?.{1,80}| (?:and|&) (?:proprietary|privileged)| draft)?$`,
];
/**
 * What limits readers wherever it is a whole part of a text: all but the clause that begins freely.
 */
const plainNotices = anyOf([...wholeSentences, ...prohibitions, ...clauses.slice(0, -1)]);
const aloneNotices = anyOf(clauses);
const prohibited = anyOf(prohibitions);
const negated = /^(?:not?|non|nicht|non|un|never|nothing|less|is|was|are|were|and|the|a) /i;

/** Text in quotation marks that is a sentence: a message of a product. */
const quoted = /["“„«][^"“”„«»]{1,200}["”“»]/g;
const withoutQuotes = (text: string): string => text.replace(quoted, (said) => (wordsOf(said).length > 2 ? ' … ' : said));

/** Whether a sentence in a text says that the document is confidential. */
export const saysItIsConfidential = (text: string): boolean => {
  const told = withoutQuestions(withoutQuotes(text));
  return /\p{L}/u.test(told) && sentences().test(told);
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
  const mayNameFew = limitingWords.test(told.toLowerCase());
  if (parts.some((part) => (mayNameFew && namesFew(part)) || plainNotices().test(part))) return true;
  if (wordsOf(told).length > mostWords) return false;
  const pieces = parts.flatMap((part) => part.split(/\s[–—-]+\s|[–—:/,#|・、。]/)).map((piece) => spoken(trimmed(piece)));
  return pieces.some(
    (piece) => (mayNameFew && namesFew(piece)) || prohibited().test(piece) || (!negated.test(piece) && aloneNotices().test(piece)),
  );
}
const limitingWords = new RegExp([...limiting].join('|'));
const trimmed = (part: string): string =>
  part
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trim()
    .replace(/[\s.,:;–—-]+$/, '');

/** Names of fields that say who may read something, if their value limits it. */
const readerNames =
  '(?:allowed|permitted|authorised|authorized)?(?:readers?|viewers?)|readership|visibleto|sharedwith|acl|who(?:may|can)(?:read|see)(?:this)?';
const fields = new RegExp(
  `^(?:${readerNames}|circulation|audience|handling|distribution(?:list)?|sharing|access(?:level)?|securitylevel|zugriff|verteiler|accès|diffusion|.{0,24}classification|.{0,12}klassifizierung)$`,
);
export const isFieldOfReaders = (name: string): boolean => fields.test(name);
const lists = new RegExp(`^(?:${readerNames})$`);
const flags = /^(?:is)?(?:share|shared|shareable|sharing|publish)$/;
const embargoes = /^(?:restrictedto|embargo(?:ed)?(?:until|till|date|ends|enddate)?|sperrfrist)$/;
const limitingFlags =
  /^(?:is)?(?:sensitive|secret|topsecret|needtoknow|do(?:not|nt)(?:share|forward|distribute|publish|circulate)|limiteddistribution|\p{L}*(?:security|legal|leadership|management|executives?|hr)only)$/u;
/** Whether a field by this squeezed name limits readers by "yes" or by a day. */
export const isFlagOfFew = (name: string): boolean => embargoes.test(name) || limitingFlags.test(name);
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
  if (embargoes.test(name)) return !none.test(said);
  if (limitingFlags.test(name) && /^(?:true|yes|y|on|ja|oui|sí|si)$/i.test(said)) return true;
  if (flags.test(name)) return /^(?:false|no|n|off|never)$/i.test(said);
  if (/^(?:sensitivity|sensitivitylevel)$/.test(name)) return high.test(said) || strong.test(said);
  if (/^(?:information|data|document|security).*classification$/.test(name) && /^c[34]\b/i.test(said)) return true;
  if (!fields.test(name)) return false;
  const isForAll = said.split(/[,;\s]+/).some(isListOfAll);
  return strong.test(said) || limitsReaders(said) || (!isForAll && namesOnlyFew(said)) || isLimited(said) || listsOnlySome(name, said);
}

const distributions = /^(?:distribution(?:list)?|verteiler|readers?|readership|circulation)$/;
/** Other things that are called a distribution or a reader. */
const noPeople =
  /^\W*\d|(?<!\p{L})(?:ubuntu|debian|fedora|centos|alpine|rhel|linux|cloudfront|normal|gaussian|uniform|skewed|bimodal|poisson|zipf\p{L}*|replicas?|endpoints?|instances?|hosts?|pods?|nodes?|threads?|percent|latency|traffic|topics?|queues?|clients?)(?!\p{L})/iu;
/**
 * Whether a list of who gets the document leaves anybody out. It does unless one of its entries
 * names everybody: a role that is not known does not open the document.
 */
function listsOnlySome(name: string, said: string): boolean {
  const [list = '', ...more] = said.split(/[.!?()–—](?:\s|$)|\s[(–—-]/u);
  if (!distributions.test(name) || noPeople.test(list) || happened.test(list) || none.test(list) || /^teams$/i.test(list)) return false;
  if (/(?<!\p{L})(?:nobody|no one|niemand|only|nur) (?:else|sonst)?/iu.test(more.join(' '))) return true;
  const entries = list.split(/[,;/+&]|\s(?:and|or|und|oder|et)\s/iu).map(wordsOf);
  return entries.some((words) => words.length > 0) && wordsOf(list).length <= mostWords && !entries.some(namesEverybody);
}
const namesEverybody = (words: readonly string[]): boolean => {
  const said = words.flatMap((word) => word.split('-'));
  if (said.some((word) => few.has(word) && !/^teams?$/.test(word))) return false;
  return (
    /^every(?:one|body)$/.test(said[0] ?? '') || (said.some((word) => everyone.has(word)) && said.every((word) => ofEveryone.has(word)))
  );
};
const everyone = new Set(
  `all anyone anybody company companywide wide organisation organization org public internal intern open unlimited unrestricted engineering engineers developers
  staff employees colleagues alle allen mitarbeiter mitarbeitende belegschaft firma unternehmen öffentlich tous toutes todos tutti`.split(
    /\s+/,
  ),
);
const ofEveryone = new Set([
  ...everyone,
  ...`the our of in at whole entire hands teams team people users departments product global mailing list die der das ganze gesamte
  gesamten at`.split(/\s+/),
]);

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
  !values.some((value) => isOpen(value) || everybody.test(value.trim()) || isListOfAll(value.trim()));

/** "all_employees@example.com": a mailing list of everybody, and of no part named here. */
const isListOfAll = (value: string): boolean =>
  /^(?:all|everyone|everybody)(?:[._-]?(?:engineering|company|staff|employees|hands|people|users|colleagues|engineers|developers|mitarbeiter))*@[\w.-]{1,100}$/i.test(
    value,
  );
