/**
 * What a title says, so that the same title in another grammar can be recognised. It errs towards
 * different: what it takes for the same may carry a decision. Numbers, negations, directions and
 * names all count; only words that say nothing, endings and a few spellings do not.
 */
export interface TitleWords {
  /**
   * Ways to read the words in order. Titles that have one of them in common, kind by kind, say the
   * same.
   */
  readonly readings: readonly [plain: string, turned: string, compound: string];
  /** The words as a set, in their stems. */
  readonly words: ReadonlySet<string>;
  /** Keys of trackers in the title, such as OPS-7. */
  readonly tickets: string;
}

const list = (text: string) => new Set(text.split(' '));

const silent = list("a an the this that these those is are be been being was were our its their your 's");
const leading = list('we should need must will to please todo ensure add create introduce implement setup');
/** "Lag of cart" is "cart lag". */
const joining = list('of for on in at');
/** Across these nothing is turned round. They count as words. */
const relating = list(
  'to from into onto before after between within without with by via not no never only instead than until unless except across inside outside above below over under through against per when and or',
);
const numbers: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
};
const units: Readonly<Record<string, string>> = {
  second: 's',
  seconds: 's',
  sec: 's',
  secs: 's',
  minute: 'min',
  minutes: 'min',
  mins: 'min',
  hour: 'h',
  hours: 'h',
  milliseconds: 'ms',
  percent: '%',
};
/** By stems. */
const alike: Readonly<Record<string, string>> = {
  alarm: 'alert',
  doc: 'document',
  documentation: 'document',
  documentat: 'document',
  config: 'configur',
  configurat: 'configur',
  db: 'databas',
  k8: 'kubernet',
  prod: 'production',
  replicat: 'replica',
  deployment: 'deploy',
  measurement: 'measur',
  improvement: 'improv',
  enforcement: 'enforc',
  each: 'every',
  if: 'when',
  increas: 'rais',
  reduc: 'lower',
  decreas: 'lower',
  remov: 'delet',
  activat: 'enabl',
  turnon: 'enabl',
  switchon: 'enabl',
  deactivat: 'disabl',
  turnoff: 'disabl',
  switchoff: 'disabl',
  maximum: 'max',
};
const compounds = list(
  'fail-over roll-back roll-out time-out back-off back-up run-book on-call rate-limit fall-back clean-up set-up turn-on turn-off switch-on switch-off re-try',
);
/** They may stand anywhere. Of several in one title, each belongs where it stands. */
const adverbs = list(
  'automatically manually slowly quickly gradually regularly immediately again hourly daily weekly monthly quarterly yearly',
);
const adverbial: Readonly<Record<string, string>> = { automatic: 'automatically', manual: 'manually', gradual: 'gradually' };
const periods: Readonly<Record<string, string>> = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
};

const ticketKey = /\b[A-Z][A-Z0-9]+-\d+\b/g;
const pieces = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}_]*[+#]*|[<>=≤≥%$€!&|^~]|'s\b/gu;
/** "After three failures, park the message" */
const fronted = /^((?:before|after|when|if|without|once|every)\b[^,]*),\s*(.+?)[.\s]*$/;

export function titleWords(title: string): TitleWords {
  const tickets = [...new Set(title.match(ticketKey))].toSorted().join(' ');
  const said = wordsIn(title.replace(ticketKey, ' '));
  return { readings: readingsOf(said), words: new Set(said.filter((word) => !joining.has(word))), tickets };
}

function wordsIn(title: string): string[] {
  const text = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/n't\b/g, ' not')
    .replace(/\bcannot\b/g, 'can not')
    .replace(fronted, '$2 $1');
  const said = joined(withParticle((text.match(pieces) ?? []).filter((word) => !silent.has(word)).filter(isNotRepeated)));
  const begin = said.findIndex((word) => !leading.has(stem(word)) && !leading.has(word));
  const rest = begin < 0 ? said : said.slice(begin);
  const told = withPeriods(rest.map((word, n) => spelled(word, rest[n - 1])));
  const adverb = told.filter((word) => adverbs.has(word));
  return adverb.length === 1 ? [...told.filter((word) => !adverbs.has(word)), ...adverb] : told;
}

/** "By tag, not by path" is "by tag, not path". */
const isNotRepeated = (word: string, n: number, words: readonly string[]): boolean =>
  !(
    (words[n - 1] === 'not' || words[n - 1] === 'and' || words[n - 1] === 'or') &&
    (joining.has(word) || word === 'by' || word === 'to') &&
    words.indexOf(word) < n - 1
  );

const particles = list('away up off down out back');
/** "Take capacity away" is "take away capacity". */
function withParticle(words: readonly string[]): readonly string[] {
  const [particle, another] = words.filter((word, n) => n > 0 && particles.has(word));
  const [verb, ...rest] = words;
  if (particle === undefined || another !== undefined || verb === undefined) return words;
  return [verb, particle, ...rest.filter((word) => word !== particle)];
}

/** "Every day" is daily. */
const withPeriods = (words: readonly string[]): string[] =>
  words.flatMap((word, n) => {
    const period = periods[word];
    if (word === 'every' && periods[words[n + 1] ?? ''] !== undefined) return [];
    return [words[n - 1] === 'every' && period !== undefined ? period : word];
  });

/** "Fail over" is one word. */
function joined(words: readonly string[]): string[] {
  const made: string[] = [];
  for (const word of words) {
    const before = made.at(-1);
    if (before !== undefined && compounds.has(`${stem(before)}-${stem(word)}`)) made.splice(-1, 1, `${stem(before)}${stem(word)}`);
    else made.push(word);
  }
  return made;
}

function spelled(word: string, before = ''): string {
  const adverb = adverbial[word];
  if (adverb !== undefined) return adverb;
  if (word === 'inside') return 'within';
  if (adverbs.has(word) || joining.has(word) || (relating.has(word) && word !== 'if')) return word;
  if (/^\d/.test(before) || numbers[before] !== undefined) {
    const unit = units[word];
    if (unit !== undefined) return unit;
  }
  const stemmed = stem(word);
  return numbers[word] ?? alike[stemmed] ?? stemmed;
}

const keptWhole = list('https dns tls aws sms ios news status redis kubernetes always');
const keptAction = list('production option section mission portion ration station nation session version action function region location');

/** Of a word in Latin letters. Most words have none, and this is asked of each. */
const hasEnding = /^[a-z]*(?:s|ed|ing|ion|e|([b-z])\1)$/;

/** Without the endings of plural, -ing, -ed and -ion, and without a last e. */
function stem(word: string): string {
  if (word.length < 4 || keptWhole.has(word) || !hasEnding.test(word)) return word;
  const bare = word
    .replace(/(?<=[a-z]{2})ies$|(?<=[a-z]{2})ied$/, 'y')
    .replace(/(?<=(?:ss|sh|ch|x))es$/, '')
    .replace(/(?<=[a-z]{2}[^sui])s$/, '')
    .replace(/(?<=[a-z]*[aeiouy][a-z]*[a-z])(?:(?<!e)ed|ing)$/, '')
    .replace(/ion$/, (ending, at: number, whole: string) => (keptAction.has(whole) || !/[st]$/.test(whole.slice(0, at)) ? ending : ''));
  const single = bare.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
  return single.length > 3 ? single.replace(/e$/, '') : single;
}

function readingsOf(said: readonly string[]): TitleWords['readings'] {
  const segments: string[][] = [[]];
  for (const word of said) {
    if (relating.has(word)) segments.push([word], []);
    else segments.at(-1)?.push(word);
  }
  const plain = said.filter((word) => !joining.has(word)).join(' ');
  const turned = segments.flatMap((segment) => turnedRound(segment)).join(' ');
  const compound = segments.flatMap((segment) => chunksOf(segment).reduce(compounded)).join(' ');
  return [plain, turned, compound];
}

const turnedRound = (segment: readonly string[]): string[] => chunksOf(segment).toReversed().flat();
/** "Raise the limit of connections" as "raise the connections limit". */
const compounded = (before: string[], chunk: string[]): string[] => [...before.slice(0, -1), ...chunk, ...before.slice(-1)];

function chunksOf(segment: readonly string[]): string[][] {
  const chunks: string[][] = [[]];
  for (const word of segment) {
    if (joining.has(word)) chunks.push([]);
    else chunks.at(-1)?.push(word);
  }
  return chunks;
}

/** Whether two titles say the same. */
export const saysTheSame = (a: TitleWords, b: TitleWords): boolean =>
  a.readings.some((reading, n) => reading !== '' && reading === b.readings[n]) &&
  (a.tickets === b.tickets || a.tickets === '' || b.tickets === '');

/**
 * Whether one of two titles only says more than the other, in the same order, and nothing that
 * turns its sense.
 */
export function saysMore(a: TitleWords, b: TitleWords): boolean {
  const [less = [], more = []] = [a.readings[0].split(' '), b.readings[0].split(' ')].toSorted((one, other) => one.length - other.length);
  const added: string[] = [];
  let found = 0;
  for (const word of more) {
    if (word === less[found]) found += 1;
    else added.push(word);
  }
  return found === less.length && found >= 2 && added.length <= found + 2 && !added.some(turns);
}

/** Whether two titles are alike but for a number, or for what turns the sense. */
export const isTurned = (a: TitleWords, b: TitleWords): boolean =>
  likeness(a, b) >= 0.5 && [...a.words.symmetricDifference(b.words)].some(turns);

const turns = (word: string) => /^\d|^[<>=≤≥!]/.test(word) || turning.has(word);
const turning = list('not no never only without before after until unless except stop disabl delet instead than');

function pairsOf(text: string): string[] {
  const letters = [...text.replaceAll(' ', '')];
  return letters.slice(1).map((letter, n) => `${letters[n]}${letter}`);
}

/** How alike two titles are, 0 to 1: by their words or their pairs of letters (Dice). */
export function likeness(a: TitleWords, b: TitleWords): number {
  const pairs = dice(pairsOf(a.readings[0]), pairsOf(b.readings[0]));
  return Math.max(pairs, dice([...a.words], [...b.words]));
}

function dice(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const one of a) left.set(one, (left.get(one) ?? 0) + 1);
  let shared = 0;
  for (const one of b) {
    const n = left.get(one) ?? 0;
    if (n > 0) shared += 1;
    left.set(one, n - 1);
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
