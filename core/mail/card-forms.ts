import { severities } from '../postmortem/postmortem.ts';
import type { StreamSettings } from '../subscriber/subscriber.ts';
import { type Block, correctionsSection, type RelevantCard } from './fragments.ts';

/** A full card shown first, under its reason: the number of the topic that the reader follows. */
export interface Followed {
  readonly topic: number;
}
/** A full card shown before all others, under its reason: its place in the list of the team. */
export interface ForTeam {
  readonly place: number;
}
/**
 * The form of a card in a mail. 'text line': a line in the text part only, because lines alone
 * already fill the size limit. 'corrected': a line with the notice that its text is no longer
 * right.
 */
export type Form = 'absent' | 'text line' | 'line' | 'card' | 'corrected' | Followed | ForTeam;

export const isFollowed = (form: Form): form is Followed => typeof form === 'object' && 'topic' in form;
export const isForTeam = (form: Form): form is ForTeam => typeof form === 'object' && 'place' in form;

const firstLetter = 'a'.charCodeAt(0);
const firstCapital = 'A'.charCodeAt(0);
/** Further topics of a card cannot be reasons, because one letter encodes the topic. */
export const mostReasons = 26;

/**
 * One sign per card, in the order of the edition: 0 absent, 1 line, 2 card, 4 corrected. A small
 * letter is a followed card, and says which of its topics is the reason. A capital is a card for
 * the reader's team, and says its place there. The number of that team follows a tilde, in base
 * 36: `2A0B~1c`.
 */
export function signsOf(forms: readonly Form[], team?: number): string {
  const signs = forms.map(signOf).join('');
  return team !== undefined && forms.some(isForTeam) ? `${signs}~${team.toString(36)}` : signs;
}

function signOf(form: Form): string {
  if (isFollowed(form)) return String.fromCharCode(firstLetter + form.topic);
  if (isForTeam(form)) return String.fromCharCode(firstCapital + form.place);
  if (form === 'absent') return '0';
  if (form === 'corrected') return '4';
  return form === 'card' ? '2' : '1';
}

/**
 * Reads the forms back from signs. Which lines are in the text part only follows from the size
 * limit. 3: a followed card whose reason was not stored. A digit of a later release is shown as a
 * line.
 */
export function formsOf(stored: string): { readonly forms: readonly Form[]; readonly team?: number } {
  const [signs = '', team] = stored.split('~');
  return { forms: [...signs].map(formOf), ...(team !== undefined && { team: Number.parseInt(team, 36) }) };
}

function formOf(sign: string): Form {
  if (sign === '0') return 'absent';
  if (sign === '2' || sign === '3') return 'card';
  if (sign === '4') return 'corrected';
  if (sign >= 'a') return { topic: sign.charCodeAt(0) - firstLetter };
  return sign >= 'A' && sign <= 'Z' ? { place: sign.charCodeAt(0) - firstCapital } : 'line';
}

export type CardBlock = Extract<Block, { kind: 'card' }>;
/** What a reader follows and leaves out. Empty: every card in its usual form. */
export type ReaderChoices = Pick<StreamSettings, 'follow' | 'leaveOut' | 'least'> & {
  /** No card comes but those about one of these. Absent or empty: all do. */
  readonly only?: StreamSettings['follow'];
  /** Keys of reasons that the reader called not relevant. A card comes first for none of them. */
  readonly notRelevant?: readonly string[] | undefined;
};

/**
 * Chooses each card's form before the size limit is applied. Left-out topics win over followed
 * ones, except for a Sev-1. Unclassified never counts as below the reader's least severity.
 * `corrected`: the postmortems of which the edition shows an earlier text. `canFollow`: the edition
 * has a section for followed cards; what corrects an earlier edition stays in its own. `forTeam`:
 * the cards that matter to the reader's team. What a reader follows stands there and not here.
 */
export function wantedForms(
  cards: readonly CardBlock[],
  { follow, leaveOut, least, only, notRelevant }: ReaderChoices,
  given: {
    readonly withheld: ReadonlySet<string>;
    readonly corrected: ReadonlySet<string>;
    readonly canFollow: boolean;
    readonly forTeam: readonly RelevantCard[];
  },
): Form[] {
  const unwanted = leaveOut?.length ? new Set(leaveOut) : undefined;
  const { withheld, corrected, canFollow, forTeam } = given;
  const followed = canFollow && follow?.length ? new Set(follow) : undefined;
  return cards.map((card): Form => {
    if (withheld.has(card.postmortem)) return 'absent';
    if (only?.length && card.topics && !card.topics.some((topic) => only.includes(topic))) return 'absent';
    if (isLeftOut(card, unwanted, least)) return 'absent';
    const place = placeOf(card, forTeam, notRelevant);
    if (card.onlyForTeams && place === undefined) return 'absent';
    if (corrected.has(card.postmortem)) return 'corrected';
    if (card.onlyForTeams && place !== undefined) return { place };
    const topic =
      followed && card.topics && card.section !== correctionsSection
        ? card.topics.slice(0, mostReasons).findIndex((one) => followed.has(one))
        : -1;
    if (topic >= 0) return { topic };
    return place === undefined ? card.usual : { place };
  });
}

/** Its place among the cards for the reader's team. Undefined: it is none of them. */
function placeOf(card: CardBlock, forTeam: readonly RelevantCard[], notRelevant: readonly string[] = []): number | undefined {
  if (card.section === correctionsSection) return undefined;
  const place = forTeam.findIndex(({ postmortem }) => postmortem === card.postmortem);
  return place < 0 || notRelevant.includes(forTeam[place]?.key ?? '') ? undefined : place;
}

function isLeftOut({ severity, topics }: CardBlock, unwanted: ReadonlySet<string> | undefined, least: ReaderChoices['least']): boolean {
  if (severity === undefined || severity === 'sev1') return false;
  const isBelow = least !== undefined && severity !== 'unclassified' && severities.indexOf(severity) > severities.indexOf(least);
  return isBelow || (unwanted !== undefined && (topics?.some((topic) => unwanted.has(topic)) ?? false));
}
