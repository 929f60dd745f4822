import type { Block, EditionFragments } from './fragments.ts';

const htmlOf = (block: Block): string => (block.kind === 'card' ? block[block.usual].html : block.fragment.html);

/** UTF-8 bytes of an edition's HTML with every card in its usual form, before the slots are filled and a mail is cut to its budget. */
export const htmlBytes = ({ head, blocks, foot }: EditionFragments): number =>
  Buffer.byteLength([head.html, ...blocks.map(htmlOf), foot.html].join(''));
