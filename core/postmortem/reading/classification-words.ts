import { nearestOf } from '../../shared/nearest.ts';
import { type Severity, type Status, severities, statuses } from '../postmortem.ts';
import { squeezeName } from './field-names.ts';

/** Words for a visibility, as people write them. To add a language, add its words. */
const open = new Set(
  `public internal company companywide everyone everybody anyone all open organisation organization öffentlich intern alle tous todos tutti
  allstaff allemployees wholecompany entirecompany`.split(/\s+/),
);
const openToAll =
  /^(?:everyone|everybody|anyone|all (?:staff|employees|colleagues|engineers)) (?:at|in) (?:the )?[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)?$/iu;
const part = /team|security|legal|leader|manage|\bboard|group|department|committee|\broom\b|\bhr\b/i;
const nothing = new Set(['none', 'keine', 'aucune', 'ninguna', 'nessuna']);
/** These restrict wherever they stand alone. */
const notices = [
  'restricted',
  'confidential',
  'vertraulich',
  'confidentiel',
  'confidentielle',
  'confidencial',
  'riservato',
  'vertrouwelijk',
  'poufne',
  '機密',
  '極秘',
];
/** These restrict only as the value of a visibility: a subnet may be private, too. */
const closed = [...notices, 'private', 'secret', 'privat', 'privé', 'privado', 'geheim', 'tlpred', 'tlpamber', 'tlpamberstrict'];

/**
 * Whether a word for a visibility restricts. Undefined if it is not understood, which counts as
 * restricted. `name`: the name of the field. In a field of confidentiality, "none" means open.
 */
export function isRestrictedBy(visibility: unknown, name = ''): boolean | undefined {
  if (typeof visibility !== 'string') return undefined;
  const word = wordOf(visibility);
  if (open.has(word) || (nothing.has(word) && /confid|vertraul/i.test(name))) return false;
  if (openToAll.test(visibility.trim()) && !part.test(visibility)) return false;
  return closed.includes(word) ? true : undefined;
}

/** Whether a text consists only of a word such as "confidential" or "strictly confidential". */
export const isNotice = (text: string): boolean => notices.includes(wordOf(text));

/** A question is not an answer, so it counts as no word. */
const wordOf = (text: string): string => (text.includes('?') ? '' : squeezeName(text).replace(/^(?:strictly|highly|streng)(?=.)/, ''));

/** The words that `isNotice` knows, as part of a pattern. */
export const noticeWords = notices.join('|');

/** Reads yes and no as people write them. Undefined if it is neither. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}
const yes = new Set(['true', 'yes', 'y', 'on', 'ja', 'si', 'sí', 'sì', 'oui', 'sim', 'tak', 'да', 'はい', '是', '예']);
const no = new Set(['false', 'no', 'n', 'off', 'nein', 'nee', 'non', 'não', 'nie', 'нет', 'いいえ', '否', '아니요']);

/** What other tools and templates call the state of a postmortem. */
const words: Readonly<Record<Status, readonly string[]>> = {
  draft: [
    'draft',
    'in progress',
    'wip',
    'work in progress',
    'started',
    'not started',
    'open',
    'opened',
    'todo',
    'to do',
    'new',
    'pending',
    'backlog',
  ],
  preliminary: [
    ...['preliminary', 'in review', 'review', 'under review', 'ready for review', 'interim', 'provisional'],
    // What tools call an incident that is not over, or not yet understood.
    ...['active', 'ongoing', 'triggered', 'acknowledged', 'detected', 'investigating', 'identified', 'fixing', 'monitoring', 'stable'],
    ...['mitigated', 'learning', 'debrief', 'post incident', 'postmortem started', 'retrospective started'],
  ],
  published: [
    'published',
    'public',
    'completed',
    'complete',
    'final',
    'finalised',
    'finalized',
    'closed',
    'reviewed',
    'approved',
    'done',
    'resolved',
    'postmortem',
    'postmortem completed',
    'retrospective completed',
    'documented',
  ],
  retracted: ['retracted', 'withdrawn', 'recalled', 'deleted', 'cancelled', 'canceled', 'obsolete'],
};
/** Words of incident tools and of other languages. To add a language, add its words. */
const otherStatusWords: Readonly<Record<Status, readonly string[]>> = {
  draft: [
    'entwurf',
    'borrador',
    'brouillon',
    'rascunho',
    'bozza',
    'concept',
    'utkast',
    'udkast',
    'szkic',
    '下書き',
    '草案',
    '草稿',
    '초안',
  ],
  preliminary: [
    ...['investigating', 'identified', 'monitoring', 'ongoing', 'active', 'vorläufig', 'vorläufige fassung', 'preliminar', 'provisoire'],
    ...[
      'provisional',
      'provisorio',
      'provisorisch',
      'préliminaire',
      'preliminare',
      'voorlopig',
      'zwischenstand',
      '暫定',
      '征求意见稿',
      '徵求意見稿',
      '审核中',
      '評審中',
      '评审中',
      'レビュー中',
      '검토 중',
      'en révision',
      'en revisión',
      'em revisão',
      'in revisione',
      'in prüfung',
      '速報',
      '初步',
      '잠정',
    ],
  ],
  published: [
    'mitigated',
    'fixed',
    'stable',
    'recovered',
    'restored',
    'post incident review complete',
    'abgeschlossen',
    'behoben',
    'gelöst',
    'erledigt',
    'veröffentlicht',
    'resuelto',
    'resuelta',
    'cerrado',
    'cerrada',
    'publicado',
    'résolu',
    'résolue',
    'clos',
    'fermé',
    'terminé',
    'publié',
    'resolvido',
    'resolvida',
    'fechado',
    'risolto',
    'chiuso',
    'opgelost',
    '解決済み',
    '解決',
    '復旧済み',
    '完了',
    '已解决',
    '已解決',
    '已恢复',
    '已完成',
    '해결',
    '해결됨',
    '완료',
  ],
  retracted: ['zurückgezogen', 'retirado', 'retiré', 'ritirato', 'ingetrokken', 'anulado', 'annulé', '取り下げ', '撤回', '철회'],
};
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** The status that a word stands for, or undefined. */
export const findStatus = (text: string): Status | undefined => {
  const wanted = plain(text);
  return statusesOf().find(([, names]) => names.includes(wanted))?.[0];
};

const statusesOf = (): [Status, readonly string[]][] =>
  statuses.map((status): [Status, readonly string[]] => [status, [...words[status], ...otherStatusWords[status]]]);

/** For the text of a refusal. */
export const knownStatuses = 'draft, preliminary (in review), published (complete, final, reviewed), retracted';

/** What an organisation calls its severities, by its distribution file. */
export type NamedSeverities = Readonly<
  Partial<Record<Severity, { readonly label?: string | undefined; readonly aliases: readonly string[] }>>
>;

/**
 * The organisation's names for severities, in lower case, and ours: `{ 'sev-1': 'sev1', critical:
 * 'sev1' }`.
 */
export type SeverityAliases = Readonly<Record<string, Severity>>;

/** The names that are accepted for a severity, and the names that the organisation itself uses. */
export interface SeverityNames {
  readonly aliases: SeverityAliases;
  /** As in the distribution file. Without it, refusals show our own names. */
  readonly named?: NamedSeverities | undefined;
}

/** What most teams call a severity. An organisation's own names take precedence. */
const usual: Readonly<Record<Severity, readonly string[]>> = {
  sev1: ['sev-1', 'sev-0', 's1', 's0', 'p1', 'p0', 'severity 1', 'severity 0', '1', 'critical', 'blocker', 'disaster', 'highest'],
  sev2: ['sev-2', 's2', 'p2', 'severity 2', '2', 'major', 'high'],
  sev3: ['sev-3', 's3', 'p3', 'severity 3', '3', 'minor', 'medium', 'moderate'],
  sev4: [
    'sev-4',
    'sev-5',
    's4',
    's5',
    'p4',
    'p5',
    'severity 4',
    'severity 5',
    '4',
    '5',
    'low',
    'lowest',
    'trivial',
    'cosmetic',
    'informational',
  ],
  unclassified: ['unknown', 'none', 'n/a', 'tbd', 'not set'],
};

/** The same in other languages. To add a language, add its words. */
const otherSeverityWords: Readonly<Record<Exclude<Severity, 'unclassified'>, readonly string[]>> = {
  sev1: `kritisch crítico crítica critico critica critique kritiek kritisk krytyczny катастрофический критический 緊急 致命 致命的 严重 嚴重
    심각 치명적 긴급`.split(/\s+/),
  sev2: `hoch schwer schwerwiegend alta alto élevé élevée haute haut majeur majeure grave maior hoog hög wysoki высокий 高 重大 重要 높음 중대`.split(
    /\s+/,
  ),
  sev3: `mittel mäßig media medio média médio moyen moyenne modérée moderada moderado mineur mineure middel gemiddeld średni средний 中 中等 普通
    보통 중간`.split(/\s+/),
  sev4: `niedrig gering leicht baja bajo baixa baixo bassa basso faible bas basse laag låg niski низкий 低 軽微 轻微 輕微 낮음 경미`.split(
    /\s+/,
  ),
};
const foreignSeverity = new Map(
  Object.entries(otherSeverityWords).flatMap(([severity, several]) =>
    several.map((word) => [word.normalize('NFKC'), severities.find((known) => known === severity)] as const),
  ),
);

/**
 * Compares names without regard to case, blanks, hyphens, underscores and the decoration of a
 * label: ~"severity::2".
 */
export const severityWord = (name: string): string => name.toLowerCase().replace(/[\s_:~"'`-]+/g, '');

/**
 * Every name that stands for a severity: the usual ones, overridden by those of the distribution
 * file. If the organisation counts otherwise than usual (its P1 is the second), a bare number that
 * it does not name itself is left out, because it would be a guess.
 */
export function severityAliases(configured: NamedSeverities): SeverityAliases {
  const names = new Map<string, Severity>();
  const own = numbersOf(configured);
  const isShifted = severities.some((severity) => usual[severity].some((alias) => isOtherwise(alias, severity, own)));
  for (const severity of severities)
    for (const alias of usual[severity])
      if (!(isShifted && isNumbered(alias) && own.get(numberIn(alias)) !== severity)) names.set(alias, severity);
  for (const severity of severities) {
    const own = configured[severity];
    for (const alias of [own?.label ?? [], own?.aliases ?? []].flat()) {
      for (const known of [...names.keys()]) if (severityWord(known) === severityWord(alias)) names.delete(known);
      names.set(alias.toLowerCase(), severity);
    }
  }
  return Object.fromEntries(names);
}

/** What each number means in the organisation's own names, such as P0 to P3. */
const numbersOf = (configured: NamedSeverities): ReadonlyMap<string, Severity> =>
  new Map(
    severities.flatMap((severity) =>
      [configured[severity]?.label ?? [], configured[severity]?.aliases ?? []]
        .flat()
        .flatMap((name) => (numberIn(name) === '' ? [] : [[numberIn(name), severity] as const])),
    ),
  );
const numberIn = (name: string): string => /^\D*(\d)$/.exec(name.trim())?.[1] ?? '';
/** Numbers of no scale in particular. `sev-1` is our own name and stays. */
const isNumbered = (alias: string): boolean => /^(?:[sp]|severity )?\d$/.test(alias);
const isOtherwise = (alias: string, severity: Severity, own: ReadonlyMap<string, Severity>): boolean =>
  isNumbered(alias) && own.has(numberIn(alias)) && own.get(numberIn(alias)) !== severity;

/** The severity that a name stands for, or undefined. Never a guess. */
export function findSeverity(name: string, aliases: SeverityAliases): Severity | undefined {
  const wanted = severityWord(name);
  const alias = Object.entries(aliases).find(([known]) => severityWord(known) === wanted);
  return alias?.[1] ?? severities.find((severity) => severity === wanted) ?? foreignSeverity.get(wanted.normalize('NFKC'));
}

/**
 * Whether a name would be known if the organisation did not count otherwise: a plain "1" where "P1"
 * is the second of its severities.
 */
export const isAmbiguousSeverity = (name: string, aliases: SeverityAliases): boolean =>
  findSeverity(name, aliases) === undefined &&
  Object.values(usual).some((several) => several.some((one) => severityWord(one) === severityWord(name)));

/**
 * For the text of a refusal: the organisation's names for its severities, most severe first. Where
 * it has no name, ours.
 */
export const knownSeverities = ({ named }: SeverityNames): string =>
  severities
    .filter((severity) => severity !== 'unclassified' || named?.unclassified?.label !== undefined)
    .map((severity) => ownName(severity, named))
    .join(', ');

/**
 * For the text of a refusal: the name that a misspelt one most likely means. Undefined if names of
 * several severities are equally close.
 */
export function guessSeverity(name: string, { aliases, named }: SeverityNames): string | undefined {
  const wanted = severityWord(name);
  const known = Object.keys(aliases);
  const alike = known.filter((alias) => lookalike(severityWord(alias)) === lookalike(wanted));
  const near = alike.length > 0 ? alike : known.filter((alias) => nearestOf(wanted, known.map(severityWord)).includes(severityWord(alias)));
  const [meant, ...others] = new Set(near.map((alias) => aliases[alias]));
  const [alias = ''] = near;
  if (meant === undefined || others.length > 0) return undefined;
  const own = ownName(meant, named);
  return severityWord(own) === severityWord(alias) ? own : `${alias} (${own})`;
}

/** What the organisation calls a severity, else our name. */
export const ownName = (severity: Severity, named: NamedSeverities | undefined): string => named?.[severity]?.label ?? severity;
/** Makes PO equal to P0, and SEV-l to SEV-1. */
const lookalike = (name: string): string => name.replaceAll('o', '0').replace(/[il]/g, '1');
