import { asCompared, comparedName } from '../../shared/legible.ts';
import { commonWords } from './common-words.ts';
import type { Finding, RuleName } from './finding.ts';
import type { Known } from './known.ts';
import type { Passage } from './passages.ts';

type Kind = Extract<RuleName, 'person' | 'code name' | 'customer' | 'team' | 'service' | 'severity'>;

interface Sought {
  readonly kind: Kind;
  /** As compared, without words that join. */
  readonly words: readonly string[];
  /** Only a part of the name: a surname, the second half of a code name. */
  readonly isPart: boolean;
  /** The first word is an initial. */
  readonly hasInitial: boolean;
}

/** Names that are looked for, by their first word, and names that customers know. */
export interface Searched {
  readonly byFirst: ReadonlyMap<string, readonly Sought[]>;
  /** Names that are written in one word, by what they are. */
  readonly joined: ReadonlyMap<string, Kind>;
  /** In scripts without blanks between words, and those that are looked for inside of words. */
  readonly inside: readonly { readonly text: string; readonly kind: Kind }[];
  readonly initials: ReadonlySet<string>;
  /** Words of the names of products and of the organisation. */
  readonly known: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const joining = new Set(['and', 'und', 'et', 'y', 'e', 'og', 'en', 'the', 'of', 'amp']);
const wordsOf = (compared: string): string[] => compared.match(/[\p{L}\p{N}]+/gu) ?? [];
const significant = (words: readonly string[]): string[] => {
  const rest = words.filter((word) => !joining.has(word));
  return rest.length === 0 ? [...words] : rest;
};
/** Words that stand before many code names and say nothing. */
const general = new Set(['project', 'projekt', 'operation', 'initiative', 'program', 'programme', 'team', 'code', 'the', 'plan']);
/** Words that many companies have in their names. */
const ofCompanies = new Set(
  `health shipping logistik logistics energy energie energi group gruppe holding holdings systems solutions services service stadtwerke credit banco
  banking insurance media global international technologies technology software digital capital partners foods motors airlines university
  hospital medical retail finance financial consulting studio studios industries company bakery hotel hotels travel transport trading
  security networks network cloud data online national royal first united general`.split(/\s+/),
);
const spelledOut = (name: string): string =>
  name.replace(/[äöüåÄÖÜÅ]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' })[letter.toLowerCase()] ?? letter);
/** Both ways in which a name is written without its accents. */
const formsOf = (name: string): string[] => [...new Set([comparedName(name), comparedName(spelledOut(name.normalize('NFC')))])];
const isSpaced = (word: string): boolean => !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);

export function searchedFor(
  known: Pick<Known, 'organisation' | 'products' | 'people' | 'names' | 'customers' | 'teams' | 'services' | 'severities'>,
): Searched {
  const { organisation, products = [], people = [], names = [], customers = [], teams = [], services = [], severities = [] } = known;
  const ofCustomers = new Set(
    [...products, ...(organisation === undefined ? [] : [organisation])].map((name) => comparedName(name).trim()),
  );
  const others = new Set([...ofCustomers, ...teams.map((name) => comparedName(name).trim())]);
  const sought: Sought[] = [];
  const joined = new Map<string, Kind>();
  const inside: { text: string; kind: Kind }[] = [];
  const initials = new Set<string>();
  const seek = (kind: Kind, words: readonly string[], isPart = false, hasInitial = false) => {
    if (words.length > 0 && words.join('').length >= 2) sought.push({ kind, words, isPart, hasInitial });
  };
  for (const [kind, several] of [
    ['code name', names],
    ['customer', customers],
  ] as const) {
    for (const name of several.filter((one) => !ofCustomers.has(comparedName(one).trim())).flatMap(formsOf)) {
      const words = significant(wordsOf(name));
      if (!words.every(isSpaced)) inside.push({ text: name.trim(), kind });
      else {
        seek(kind, words);
        if (words.join('').length >= 6) joined.set(words.join(''), kind);
        const rest = words.filter((word) => !general.has(word));
        if (kind === 'code name' && rest.length < words.length) for (const word of rest) seek(kind, [word], true);
        else if (words.length > 1)
          for (const word of words) if (word.length >= 5 && !general.has(word) && !ofCompanies.has(word)) seek(kind, [word], true);
      }
    }
  }
  for (const person of people.filter((one) => !others.has(comparedName(one).trim()))) {
    for (const name of formsOf(person)) {
      const words = wordsOf(name);
      const [first, ...last] = words;
      if (first === undefined) continue;
      if (!words.every(isSpaced)) inside.push({ text: name.trim(), kind: 'person' });
      else if (last.length === 0) seek('person', [first], true);
      else {
        seek('person', words);
        seek('person', [...last, first]);
        for (const one of last) {
          seek('person', [first, one]);
          seek('person', [one, first]);
          if (one.length >= 4) seek('person', [one], true);
          seek('person', [first.slice(0, 1), one], false, true);
          if (one.length >= 4) joined.set(`${first.slice(0, 1)}${one}`, 'person');
        }
        seek('person', [first], true);
        joined.set(words.join(''), 'person');
        initials.add(
          words
            .map((word) => word.slice(0, 1))
            .join('')
            .toUpperCase(),
        );
      }
    }
  }
  for (const name of teams.filter((one) => !ofCustomers.has(comparedName(one).trim()))) seek('team', wordsOf(comparedName(name)));
  for (const name of severities.filter((one) => /\d/.test(one))) seek('severity', wordsOf(comparedName(name)));
  return {
    byFirst: Map.groupBy(sought, ({ words: [first = ''] }) => first),
    joined,
    inside,
    initials,
    known: new Set([...ofCustomers].flatMap(wordsOf)),
    services: new Set(services.map((name) => comparedName(name).trim()).filter((name) => /[-_.\d]/.test(name) && !ofCustomers.has(name))),
  };
}

/** The part of a context that is needed here. */
export interface SearchedIn {
  readonly searched: Searched;
}

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** As it is written. */
  readonly written: string;
  readonly beginsSentence: boolean;
  readonly followsArticle: boolean;
}

/** Names of people, projects, customers, teams and services, however they are written. */
export function findNames({ kind: where, text }: Passage, { searched }: SearchedIn): Finding[] {
  const legible = asCompared(where === 'address' ? decoded(text) : text);
  const words = wordsIn(legible.text, (from, to) => legible.written(from, to));
  const inProse = where === 'prose';
  const found: Finding[] = [];
  let covered = -1;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    let longest: { sought: Sought; to: number } | undefined;
    for (const first of firstForms(word.text)) {
      for (const sought of searched.byFirst.get(first) ?? []) {
        const to = matchedTo(sought, words, at, legible.text);
        if (to !== undefined && (longest === undefined || better({ sought, to }, longest))) longest = { sought, to };
      }
    }
    if (longest !== undefined) {
      if (at <= covered && longest.sought.isPart) continue;
      const level = levelOf(longest.sought, words.slice(at, longest.to + 1), inProse, searched);
      if (level !== undefined) {
        covered = Math.max(covered, longest.to);
        found.push({ rule: longest.sought.kind, level, found: legible.written(word.from, words[longest.to]?.to ?? word.to) });
        continue;
      }
    }
    if (at > covered && /^\p{Lu}{2,3}$/u.test(word.written) && searched.initials.has(word.written) && !ordinary.has(word.written))
      found.push({ rule: 'person', level: 'look', found: word.written });
  }
  return [...found, ...findJoined(legible, searched, inProse), ...findInside(legible, searched)];
}
/** Short words that are no initials of somebody. */
const ordinary = new Set(
  'IS IT US EU UK IP ID OK AM PM AT NO OR ON IN AS BE DO GO IF MY OF SO TO UP WE AN API AI TV PC CA DE FR CET UTC GMT'.split(' '),
);

const better = (one: { sought: Sought; to: number }, other: { sought: Sought; to: number }): boolean =>
  one.to > other.to || (one.to === other.to && other.sought.isPart && !one.sought.isPart);

/** The word, and without the endings of a genitive, a plural or another case. */
const firstForms = (word: string): string[] => [word, ...[1, 2].flatMap((n) => (word.length - n >= 2 ? [word.slice(0, -n)] : []))];
const isForm = (word: string, name: string): boolean =>
  word === name || (name.length >= 3 && word.startsWith(name) && word.length - name.length <= 2);

function matchedTo({ words: names, hasInitial }: Sought, words: readonly Word[], from: number, text: string): number | undefined {
  let at = from;
  for (const [n, name] of names.entries()) {
    while (n > 0 && joining.has(words[at]?.text ?? '') && words[at]?.text !== name) at += 1;
    const word = words[at];
    const before = words[at - 1];
    if (word === undefined || !(name.length <= 2 ? word.text === name : isForm(word.text, name))) return undefined;
    const gap = n > 0 && before !== undefined ? text.slice(before.to, word.from) : '';
    if (gap.length > 4 || (/[.!?]\s/.test(gap) && !(hasInitial && n === 1))) return undefined;
    at += 1;
  }
  return at - 1;
}
function levelOf(
  { kind, isPart, hasInitial, words: names }: Sought,
  words: readonly Word[],
  inProse: boolean,
  { known }: Searched,
): 'refuse' | 'look' | undefined {
  const isLower = words.every(({ written }) => !/\p{Lu}/u.test(written));
  const isCommon = names.every((name) => commonWords.has(name));
  if (kind === 'severity') return 'look';
  if (hasInitial && isLower && inProse) return undefined;
  if (kind === 'team')
    return names.length > 1 && words.every(({ written }) => /^\p{Lu}/u.test(written) || /^\d/.test(written)) ? 'look' : undefined;
  if (hasInitial && names.slice(1).every((name) => commonWords.has(name)) && inProse) {
    // "A price" is no person, and "A Price" may be a headline.
    if (words.slice(1).every(({ written }) => !/\p{Lu}/u.test(written))) return undefined;
    if (names[0] === 'a' || names[0] === 'i') return 'look';
  }
  if (isPart) {
    if (names.some((name) => known.has(name)) || (isLower && inProse) || names[0] === undefined || names[0].length < 3) return undefined;
    return isCommon && kind === 'person' ? undefined : words[0]?.beginsSentence === true && isCommon ? undefined : 'look';
  }
  // A name takes no article, and a word of everyday language may be meant as such.
  if (names.length === 1) return isLower || isCommon || words[0]?.followsArticle === true || isDerived(words[0]) ? 'look' : 'refuse';
  // "Will pages load?", "Each Page will"
  if (isCommon && kind === 'person' && inProse && words.some(({ written }) => !/\p{Lu}/u.test(written))) return 'look';
  return isLower && inProse && (isCommon || kind === 'person') ? 'look' : 'refuse';
}

/** A verb that was made of a name, where a sentence begins. */
const isDerived = (word: Word | undefined): boolean => word?.beginsSentence === true && /ed$/.test(word.text);

function wordsIn(text: string, written: (from: number, to: number) => string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    text: word,
    from: index,
    to: index + word.length,
    written: written(index, index + word.length),
    followsArticle: /(?:^|[^\p{L}])(?:an?|the|eine?[mnrs]?|der|die|das|dem|den|des|une?|les?|la|una?|el|il|lo|los|las)\s$/u.test(
      text.slice(Math.max(0, index - 8), index),
    ),
    beginsSentence: /(?:^|[.!?:\n]["'”’)*_\s]{0,3})$/u.test(text.slice(Math.max(0, index - 6), index).replace(/[ \t]+$/, '')),
  }));
}

/** Names in one word: `projectfalcon`, `jlindqvist`, `Nachtfalterumstellung`. */
function findJoined(legible: ReturnType<typeof asCompared>, { joined, byFirst }: Searched, inProse: boolean): Finding[] {
  if (joined.size === 0) return [];
  const isSoughtAlone = (word: string) => byFirst.get(word)?.some(({ words, isPart }) => words.length === 1 && !isPart) === true;
  return [...legible.text.matchAll(/[^\s/?&=#,;:()<>[\]{}"'|]+/gu)].flatMap(({ 0: chunk, index }): Finding[] => {
    if (chunk.length > longestJoined) return [];
    const bare = chunk.replace(/[^\p{L}\p{N}]+/gu, '');
    const whole = joined.get(bare) ?? joined.get(bare.slice(0, -1));
    const written = legible.written(index, index + chunk.length);
    // A word of its own is judged among its neighbours.
    if (wordsOf(chunk).some((one) => bare.length - one.length < 2 && firstForms(one).some((form) => isSoughtAlone(form)))) return [];
    if (whole !== undefined && bare.length > 0) {
      const isLower = !/\p{Lu}/u.test(written);
      return [{ rule: whole, level: isLower && inProse && commonWords.has(bare) ? 'look' : 'refuse', found: written }];
    }
    for (let length = Math.min(bare.length - 1, 40); length >= 6; length -= 1) {
      const name = bare.slice(0, length);
      const kind = joined.get(name);
      if (kind !== undefined && kind !== 'person')
        return [
          { rule: kind, level: commonWords.has(name) || (inProse && derived.test(bare.slice(length))) ? 'look' : 'refuse', found: written },
        ];
    }
    return [];
  });
}
const longestJoined = 200;
/** English endings make a word of everyday language. German ones take other words behind them. */
const derived = /^(?:ing|ings|ed|able|less|ful|ness|ly|ment|ments)$/;

function findInside(legible: ReturnType<typeof asCompared>, { inside }: Searched): Finding[] {
  return inside.flatMap(({ text, kind }): Finding[] => {
    const at = text === '' ? -1 : legible.text.indexOf(text);
    // Where no blanks part the words, it may be the middle of another one.
    const isPart = /\p{Script=Han}/u.test(text) && /\p{Script=Han}/u.test(legible.text.slice(at + text.length, at + text.length + 1));
    return at < 0 ? [] : [{ rule: kind, level: isPart ? 'look' : 'refuse', found: legible.written(at, at + text.length) }];
  });
}

/** An address without its percent encoding, where that can be read. */
export function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2}){1,200}/gi, (coded) => {
    try {
      return decodeURIComponent(coded);
    } catch {
      return coded;
    }
  });
}
