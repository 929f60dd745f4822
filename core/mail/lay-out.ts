import { type CardBlock, type Form, isFollowed, isForTeam } from './card-forms.ts';
import type { Block, EditionFragments, Fragment, RelevantCard } from './fragments.ts';
import type { Part } from './pieces.ts';

export interface Layout {
  /** One per card of the edition, in its order. */
  readonly forms: readonly Form[];
  /** Something had to be shortened. */
  readonly isCut: boolean;
  readonly withheld: ReadonlySet<string>;
  /** The postmortems that the reader left out. Undefined: none. */
  readonly leftOut: ReadonlySet<string> | undefined;
  /** Uses the foot for readers who cannot leave, if the edition has one. */
  readonly isMandatory: boolean;
  /** The cards that matter to the reader's team, in their order. */
  readonly forTeam: readonly RelevantCard[];
}

type Placed = { readonly block: CardBlock; readonly form: Form } | { readonly block: Exclude<Block, CardBlock>; readonly form: undefined };

/**
 * The head, the chosen blocks and the foot of one part, in order. Cards for the reader's team come
 * first, then followed ones, then the others.
 */
export function layOut(edition: EditionFragments, layout: Layout, part: Part): Fragment[] {
  const placed = place(edition.blocks, layout.forms, part);
  const shownSections = new Set(placed.flatMap(({ block, form }) => (block.kind === 'card' && stands(form) ? [block.section] : [])));
  const lastCard = placed.findLastIndex(({ form }) => form === 'card');
  const lastShown = placed.findLastIndex(({ form }) => stands(form));
  const chosen: Fragment[] = edition.times ? [edition.head, edition.times] : [edition.head];
  let isInLines = false;
  const setLines = (inLines: boolean) => {
    if (inLines !== isInLines) chosen.push(edition.lines[inLines ? 'open' : 'close']);
    isInLines = inLines;
  };
  const cutNotice = layout.isCut ? [edition.cutNotice] : [];
  const leftOutNotice = layout.leftOut && edition.leftOutNotice ? [edition.leftOutNotice] : [];
  let first = [...teamSection(edition, placed, layout), ...followSection(edition, placed, layout)];
  /** Comes between what is first and the first card without a heading of its own. */
  let rest = first.length > 0 && edition.follow ? [edition.follow.rest] : [];
  if (lastCard < 0 && first.length === 0) chosen.push(...cutNotice);
  for (const [at, { block, form }] of placed.entries()) {
    if (block.kind !== 'fixed' && first.length > 0) {
      chosen.push(...first, ...(lastCard < 0 ? cutNotice : []), ...(lastShown < 0 ? leftOutNotice : []));
      first = [];
    }
    if (block.kind === 'card') {
      if (!stands(form)) continue;
      chosen.push(...rest);
      rest = [];
      setLines(form !== 'card');
      chosen.push(form === 'card' ? cardOf(block, layout) : block.line);
      if (form === 'corrected' && edition.correctedNotice) chosen.push(edition.correctedNotice);
      if (at === lastCard) chosen.push(...cutNotice);
      if (at !== lastShown) continue;
      if (leftOutNotice.length > 0) setLines(false);
      chosen.push(...leftOutNotice);
    } else if (block.kind === 'heading') {
      if (!shownSections.has(block.section)) continue;
      setLines(false);
      rest = [];
      chosen.push(block.fragment);
    } else {
      setLines(false);
      chosen.push(fixedFragment(block, layout));
    }
  }
  setLines(false);
  return [...chosen, (layout.isMandatory ? edition.mandatoryFoot : undefined) ?? edition.foot];
}

/** Each block with the form that its card takes in this part. */
function place(blocks: readonly Block[], forms: readonly Form[], part: Part): Placed[] {
  let card = 0;
  return blocks.map((block): Placed => {
    if (block.kind !== 'card') return { block, form: undefined };
    const form = forms[card++] ?? 'absent';
    return { block, form: form === 'text line' ? (part === 'text' ? 'line' : 'absent') : form };
  });
}

/** Whether a card is shown in its own place: neither absent nor among those that come first. */
const stands = (form: Form | undefined) => form === 'line' || form === 'card' || form === 'corrected';

function teamSection({ relevant }: EditionFragments, placed: readonly Placed[], layout: Layout): Fragment[] {
  if (!relevant) return [];
  const { forTeam, withheld } = layout;
  const cards = placed
    .flatMap(({ block, form }) => (form !== undefined && isForTeam(form) ? [{ block, place: form.place }] : []))
    .toSorted((a, b) => a.place - b.place)
    .flatMap(({ block, place }) => {
      const { reason, names } = forTeam[place] ?? {};
      const told = names && withheld.has(names.postmortem) ? names.instead : reason;
      const card = cardOf(block, layout);
      return told ? [told, card] : [card];
    });
  return cards.length > 0 ? [relevant.heading, ...cards] : [];
}

function followSection({ follow }: EditionFragments, placed: readonly Placed[], layout: Layout): Fragment[] {
  if (!follow) return [];
  const cards = placed.flatMap(({ block, form }) => {
    if (form === undefined || !isFollowed(form)) return [];
    const reason = follow.reasons[block.topics?.[form.topic] ?? ''];
    const card = cardOf(block, layout);
    return reason ? [reason, card] : [card];
  });
  return cards.length > 0 ? [follow.heading, ...cards] : [];
}

/** Without the sentence about another postmortem once that one is withheld. */
const cardOf = ({ card, names }: CardBlock, { withheld }: Layout): Fragment =>
  names && withheld.has(names.postmortem) ? names.instead : card;

function fixedFragment({ fragment, names }: Extract<Block, { kind: 'fixed' }>, { withheld, leftOut }: Layout): Fragment {
  if (names?.postmortems.some((id) => withheld.has(id))) return names.instead;
  return (leftOut && names?.leftOut && names.postmortems.some((id) => leftOut.has(id)) ? names.leftOut : undefined) ?? fragment;
}
