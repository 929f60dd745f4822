import { digestSubject } from '../content/digest-words.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { type CardBlock, type Form, formsOf, isFollowed, isForTeam, type ReaderChoices, signsOf, wantedForms } from './card-forms.ts';
import { fill, filledBytes, fillingOf, type PlaceholderValues } from './fill-placeholders.ts';
import { type Fitted, fitLines, fitToBudget } from './fit-to-budget.ts';
import { type EditionFragments, placeholders, type RelevantCard } from './fragments.ts';
import { type Layout, layOut } from './lay-out.ts';
import { joined, type MailText } from './mail-text.ts';
import { asItIs, type Part, piecesOf, type Writing } from './pieces.ts';

/** Gmail hides everything after about 102 KB. SES adds its pixel after this is measured. */
export const htmlBudget = 90 * 1024;

export interface MailReader {
  readonly placeholders: PlaceholderValues;
  readonly withheld: ReadonlySet<string>;
  /**
   * The postmortems of which the edition shows an earlier text. A mail that is made again keeps its
   * forms.
   */
  readonly corrected?: ReadonlySet<string> | undefined;
  /** The topic of the team that the reader belongs to. */
  readonly team?: string | undefined;
  /** Absent: every card in its usual form. */
  readonly wishes?: ReaderChoices | undefined;
  /**
   * The stored forms of a mail that is made again. Its cards keep these forms, whatever the reader
   * has chosen since.
   */
  readonly cards?: string | undefined;
  /** The reader wants no HTML. */
  readonly isPlain?: boolean;
  /** The reader cannot leave. */
  readonly isMandatory?: boolean;
}

export interface AssembledMail<Text = string> {
  readonly subject: string;
  /** Empty if the reader wants none. */
  readonly html: Text;
  readonly text: Text;
  /** One sign per card of the edition, in its order; see card-forms.ts. */
  readonly cards: string;
}

const noWishes: ReaderChoices = {};
const none: ReadonlySet<string> = new Set();

/** The same mail in whole texts. */
export function assembleMail(edition: EditionFragments, reader: MailReader): AssembledMail | 'withheld' | 'nothing chosen' {
  const mail = assembleInPieces(edition, reader, asItIs);
  return typeof mail === 'string' ? mail : { ...mail, html: joined(mail.html), text: joined(mail.text) };
}

/**
 * Assembles one reader's mail from an edition that was rendered once. The same arguments give the
 * same bytes. 'withheld': every card is withheld. 'nothing chosen': the reader left out all the
 * others. Neither applies if the edition stands without cards. `writing` encodes both parts. Each
 * fragment is encoded once for all readers, so a mail only lists what was made before.
 */
export function assembleInPieces(
  edition: EditionFragments,
  reader: MailReader,
  writing: Writing,
): AssembledMail<MailText> | 'withheld' | 'nothing chosen' {
  const { withheld } = reader;
  const cards = edition.blocks.filter((block) => block.kind === 'card');
  const { wanted, team } = formsFor(edition, cards, reader);
  if (!edition.standsWithoutCards && cards.length > 0 && wanted.every((form) => form === 'absent'))
    return isAllWithheld(cards, withheld) ? 'withheld' : 'nothing chosen';

  const filling = fillingOf(reader.placeholders, 'html', writing);
  const forTeam = cardsOf(edition, team);
  const about = { withheld, leftOut: leftOutOf(cards, wanted, withheld), isMandatory: reader.isMandatory ?? false, forTeam };
  const pieces = (fitted: Fitted, part: Part) =>
    layOut(edition, { ...about, ...fitted } satisfies Layout, part).map((fragment) => piecesOf(fragment, part, writing));
  const measure = (fitted: Fitted) => filledBytes(pieces(fitted, 'html'), filling);
  const fitted =
    reader.cards === undefined
      ? fitInMailOrder(wanted, measure)
      : fitLines({ forms: wanted, isCut: isCut(cards, wanted) }, measure, htmlBudget);
  return {
    subject: subjectOf(edition, cards, fitted.forms, about),
    html: reader.isPlain ? [] : fill(pieces(fitted, 'html'), filling),
    text: fill(pieces(fitted, 'text'), fillingOf(reader.placeholders, 'text', writing)),
    cards: signsOf(fitted.forms, team),
  };
}

/** What is for some teams alone is not missing in a mail to others. */
function isAllWithheld(cards: readonly CardBlock[], withheld: ReadonlySet<string>): boolean {
  const forAll = cards.filter(({ onlyForTeams }) => !onlyForTeams);
  return (forAll.length > 0 ? forAll : cards).every(({ postmortem }) => withheld.has(postmortem));
}

// Who does not decide reads what is behind a link to a decision.
const pageLink = new RegExp(`(?:${placeholders.read}|${placeholders.decide})/([a-z0-9][a-z0-9-]*)`, 'g');

/**
 * The postmortems to whose pages a mail links, known by the stored forms of its cards.
 * `withheld`: what the mail may have left without; where a text names one of these, its links do
 * not count.
 */
export function linkedIn(edition: EditionFragments, { cards: signs, withheld }: Required<Pick<MailReader, 'cards' | 'withheld'>>) {
  const cards = edition.blocks.filter((block) => block.kind === 'card');
  const { wanted: forms, team } = formsFor(edition, cards, { cards: signs, withheld });
  const leftOut = leftOutOf(cards, forms, withheld);
  const layout = { forms, isCut: false, withheld, leftOut, isMandatory: false, forTeam: cardsOf(edition, team) };
  const written = (['html', 'text'] as const).flatMap((part) => layOut(edition, layout, part).map((fragment) => fragment[part]));
  return new Set<PostmortemId>(written.flatMap((text) => [...text.matchAll(pageLink)].map(([, id = '']) => id)));
}

function formsFor(
  edition: EditionFragments,
  cards: readonly CardBlock[],
  { cards: signs, wishes, team: topic, withheld, corrected = none }: Omit<MailReader, 'placeholders'>,
): { readonly wanted: Form[]; readonly team?: number | undefined } {
  if (signs === undefined) {
    const team = numberOf(edition, topic);
    const canFollow = edition.follow !== undefined;
    const known = { withheld, corrected: edition.correctedNotice ? corrected : none, canFollow, forTeam: cardsOf(edition, team) };
    return { wanted: wantedForms(cards, wishes ?? noWishes, known), team };
  }
  const { forms, team } = formsOf(signs);
  return { wanted: cards.map(({ postmortem }, at) => (withheld.has(postmortem) ? 'absent' : (forms[at] ?? 'absent'))), team };
}

const teamNumbers = new WeakMap<object, ReadonlyMap<string, number>>();

/** Counted once for an edition: it has a thousand teams, and many readers. */
function numberOf({ relevant }: EditionFragments, team: string | undefined): number | undefined {
  if (!relevant || team === undefined) return undefined;
  const known = teamNumbers.get(relevant) ?? new Map(relevant.teams.map((one, at) => [one.team, at]));
  teamNumbers.set(relevant, known);
  return known.get(team);
}

const cardsOf = ({ relevant }: EditionFragments, team: number | undefined): readonly RelevantCard[] =>
  (team === undefined ? undefined : relevant?.teams[team]?.cards) ?? [];

/** Cards that come first in the mail are shortened last. */
function fitInMailOrder(wanted: readonly Form[], measure: (fitted: Fitted) => number): Fitted {
  if (!wanted.some((form) => rankOf(form) < last)) return fitToBudget(wanted, measure, htmlBudget);
  const places = [...wanted.keys()];
  const order = places.toSorted((a, b) => rankOf(wanted[a] ?? 'absent') - rankOf(wanted[b] ?? 'absent'));
  const inEdition = ({ forms, isCut: cut }: Fitted): Fitted => ({
    forms: places.map((at) => forms[order.indexOf(at)] ?? 'absent'),
    isCut: cut,
  });
  const inMail = order.map((at) => wanted[at] ?? 'absent');
  const fitted = inEdition(fitToBudget(inMail, (one) => measure(inEdition(one)), htmlBudget));
  if (!fitted.forms.includes('text line')) return fitted;
  return fitLines({ ...fitted, forms: fitted.forms.map((form) => (form === 'text line' ? 'line' : form)) }, measure, htmlBudget);
}

const last = Number.MAX_SAFE_INTEGER;
/** Those for the team in their order, then those that are followed, then the others. */
const rankOf = (form: Form): number => (isForTeam(form) ? form.place : isFollowed(form) ? last - 1 : last);

/** Whether a usual card had to be shortened to a line. */
const isCut = (cards: readonly CardBlock[], forms: readonly Form[]) =>
  cards.some(({ usual }, at) => usual === 'card' && forms[at] === 'line');

/** The reader left out every card that is absent, not withheld and not for other teams alone. */
function leftOutOf(cards: readonly CardBlock[], forms: readonly Form[], withheld: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const absent = cards.filter(({ postmortem, onlyForTeams }, at) => forms[at] === 'absent' && !withheld.has(postmortem) && !onlyForTeams);
  return absent.length > 0 ? new Set(absent.map(({ postmortem }) => postmortem)) : undefined;
}

/** The subject does not name what is withheld from a reader or what they left out. */
function subjectOf(
  { subject, subjectNames }: EditionFragments,
  cards: readonly CardBlock[],
  forms: readonly Form[],
  { withheld, leftOut }: Pick<Layout, 'withheld' | 'leftOut'>,
): string {
  if (subjectNames?.postmortems.some((id) => withheld.has(id))) return subjectNames.instead;
  if (!leftOut || !subjectNames?.postmortems.some((id) => leftOut.has(id))) return subject;
  const shown = cards
    .filter((_, at) => forms[at] !== 'absent')
    .flatMap(({ title, severity }) => (title && severity ? [{ title, severity }] : []));
  return shown.length > 0 ? digestSubject(shown, []) : subjectNames.instead;
}
