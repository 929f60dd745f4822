import type { Block, EditionFragments, Fragment } from '../edition/fragments.ts';
import { fill, filledBytes, fillingOf, type SlotValues } from './fill-slots.ts';
import { fitToBudget } from './fit-to-budget.ts';
import { asItIs, type Part, piecesOf, type Writing } from './pieces.ts';

/** Gmail hides what comes after about 102 KB; SES adds its pixel after we have measured. */
export const htmlBudget = 90 * 1024;

export interface MailReader {
  readonly slots: SlotValues;
  readonly withheld: ReadonlySet<string>;
}

export interface AssembledMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** One digit a card of the edition, in its order: 0 absent, 1 line, 2 card. */
  readonly cards: string;
}

/** How a card stands in a mail. 'text line': a line in the text part only, because even lines had filled the budget. */
export type Form = 'absent' | 'text line' | 'line' | 'card';
type Card = Extract<Block, { kind: 'card' }>;

/**
 * One reader's mail from an edition that was rendered once: the same arguments give the same bytes. 'nothing' where every card of a mail
 * that has cards is withheld, unless the edition stands without them. `writing` encodes both parts; each fragment is encoded once for all
 * readers, so that a mail is mere joining.
 */
export function assembleMail(
  edition: EditionFragments,
  { slots, withheld }: MailReader,
  writing: Writing = asItIs,
): AssembledMail | 'nothing' {
  const cards = edition.blocks.filter((block) => block.kind === 'card');
  const usual = cards.map(({ postmortem, usual }): Form => (withheld.has(postmortem) ? 'absent' : usual));
  if (!edition.standsWithoutCards && cards.length > 0 && usual.every((form) => form === 'absent')) return 'nothing';

  const { subjectNames } = edition;
  const filling = fillingOf(slots, 'html', writing);
  const pieces = (forms: readonly Form[], part: Part, isCut: boolean) =>
    choose(edition, forms, withheld, part, isCut).map((fragment) => piecesOf(fragment, part, writing));
  const { forms, isCut } = fitToBudget(usual, (fitted) => filledBytes(pieces(fitted.forms, 'html', fitted.isCut), filling), htmlBudget);
  return {
    subject: subjectNames?.postmortems.some((id) => withheld.has(id)) ? subjectNames.instead : edition.subject,
    html: fill(pieces(forms, 'html', isCut), filling),
    text: fill(pieces(forms, 'text', isCut), fillingOf(slots, 'text', writing)),
    cards: forms.map((form) => (form === 'absent' ? '0' : form === 'card' ? '2' : '1')).join(''),
  };
}

/** Head, chosen blocks and foot of one part, in their order. */
function choose(edition: EditionFragments, forms: readonly Form[], withheld: ReadonlySet<string>, part: Part, isCut: boolean): Fragment[] {
  const placed = place(edition.blocks, forms, part);
  const shownSections = new Set(placed.flatMap(({ block, form }) => (block.kind === 'card' && isShown(form) ? [block.section] : [])));
  const lastCard = placed.findLastIndex(({ form }) => form === 'card');
  let isInLines = false;
  const chosen: Fragment[] = [edition.head];
  const setLines = (inLines: boolean) => {
    if (inLines !== isInLines) chosen.push(edition.lines[inLines ? 'open' : 'close']);
    isInLines = inLines;
  };
  if (isCut && lastCard < 0) chosen.push(edition.cutNotice);
  for (const [at, { block, form }] of placed.entries()) {
    if (block.kind === 'card') {
      if (!isShown(form)) continue;
      setLines(form !== 'card');
      chosen.push(form === 'card' ? block.card : block.line);
      if (isCut && at === lastCard) chosen.push(edition.cutNotice);
    } else if (block.kind === 'heading') {
      if (!shownSections.has(block.section)) continue;
      setLines(false);
      chosen.push(block.fragment);
    } else {
      setLines(false);
      chosen.push(fixedFragment(block, withheld));
    }
  }
  setLines(false);
  return [...chosen, edition.foot];
}

/** Each block with the form its card takes in this part; the form of other blocks means nothing. */
function place(blocks: readonly Block[], forms: readonly Form[], part: Part): { block: Block; form: Form }[] {
  let card = 0;
  return blocks.map((block) => {
    const form = block.kind === 'card' ? (forms[card++] ?? 'absent') : 'absent';
    return { block, form: form === 'text line' ? (part === 'text' ? 'line' : 'absent') : form };
  });
}

const isShown = (form: Form) => form !== 'absent';

function fixedFragment({ fragment, names }: Exclude<Block, Card | { kind: 'heading' }>, withheld: ReadonlySet<string>): Fragment {
  return names?.postmortems.some((id) => withheld.has(id)) ? names.instead : fragment;
}
