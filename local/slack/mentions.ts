import type { Block, RichElement, RichPart } from './blocks.ts';

const inMarkup = /<(!(?:here|channel|everyone)|@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+)(?:\|[^>]*)?>/g;

/**
 * Whom a message rings besides those who follow its channel: `!channel`, `@U0123456789`. Markup is
 * read in the text of a message and in `mrkdwn`; nothing is read in `plain_text` and in the texts
 * of `rich_text`.
 */
export function mentionsOf(text: string, blocks: readonly Block[]): string[] {
  const markup = [text, ...blocks.flatMap(markupOf)];
  const marked = markup.flatMap((one) => [...one.matchAll(inMarkup)].flatMap(([, name]) => name ?? []));
  return [...new Set([...marked, ...blocks.flatMap((one) => (one.type === 'rich_text' ? one.elements.flatMap(inRichText) : []))])];
}

function markupOf(block: Block): string[] {
  if (block.type === 'section') return [block.text, ...(block.fields ?? [])].flatMap((one) => (one?.type === 'mrkdwn' ? [one.text] : []));
  return block.type === 'context' ? block.elements.flatMap((one) => (one.type === 'mrkdwn' ? [one.text] : [])) : [];
}

const inRichText = (part: RichPart): string[] =>
  part.type === 'rich_text_list' ? part.elements.flatMap(({ elements }) => elements.flatMap(named)) : part.elements.flatMap(named);

function named(element: RichElement): string[] {
  if (element.type === 'broadcast') return [`!${element.range}`];
  if (element.type === 'user') return [`@${element.user_id}`];
  return element.type === 'usergroup' ? [`!subteam^${element.usergroup_id}`] : [];
}
