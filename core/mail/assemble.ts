import type { Block, EditionFragments, Fragment } from '../edition/fragments.ts';
import { fillHtml, fillText, type SlotValues } from './fill-slots.ts';
import { fitToBudget } from './fit-to-budget.ts';

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
 * that has cards is withheld.
 */
export function assembleMail(edition: EditionFragments, { slots, withheld }: MailReader): AssembledMail | 'nothing' {
  const cards = edition.blocks.filter((block) => block.kind === 'card');
  const usual = cards.map(({ postmortem, usual }): Form => (withheld.has(postmortem) ? 'absent' : usual));
  if (cards.length > 0 && usual.every((form) => form === 'absent')) return 'nothing';

  const { subjectNames } = edition;
  const html = (forms: readonly Form[], isCut: boolean) => fillHtml(join(edition, forms, withheld, 'html', isCut), slots);
  const { forms, isCut, made } = fitToBudget(usual, html, htmlBudget);
  return {
    subject: subjectNames?.postmortems.some((id) => withheld.has(id)) ? subjectNames.instead : edition.subject,
    html: made,
    text: fillText(join(edition, forms, withheld, 'text', isCut), slots),
    cards: forms.map((form) => (form === 'absent' ? '0' : form === 'card' ? '2' : '1')).join(''),
  };
}

/** Head, chosen blocks and foot of one part. */
function join(
  edition: EditionFragments,
  forms: readonly Form[],
  withheld: ReadonlySet<string>,
  part: keyof Fragment,
  isCut: boolean,
): string {
  const placed = place(edition.blocks, forms, part);
  const shownSections = new Set(placed.flatMap(({ block, form }) => (block.kind === 'card' && isShown(form) ? [block.section] : [])));
  const lastCard = placed.findLastIndex(({ form }) => form === 'card');
  let isInLines = false;
  let body = '';
  const setLines = (inLines: boolean) => {
    if (inLines !== isInLines) body += edition.lines[inLines ? 'open' : 'close'][part];
    isInLines = inLines;
  };
  if (isCut && lastCard < 0) body += edition.cutNotice[part];
  for (const [at, { block, form }] of placed.entries()) {
    if (block.kind === 'card') {
      if (!isShown(form)) continue;
      setLines(form !== 'card');
      body += (form === 'card' ? block.card : block.line)[part];
      if (isCut && at === lastCard) body += edition.cutNotice[part];
    } else if (block.kind === 'heading') {
      if (!shownSections.has(block.section)) continue;
      setLines(false);
      body += block.fragment[part];
    } else {
      setLines(false);
      body += fixedFragment(block, withheld)[part];
    }
  }
  setLines(false);
  return edition.head[part] + body + edition.foot[part];
}

/** Each block with the form its card takes in this part; the form of other blocks means nothing. */
function place(blocks: readonly Block[], forms: readonly Form[], part: keyof Fragment): { block: Block; form: Form }[] {
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
