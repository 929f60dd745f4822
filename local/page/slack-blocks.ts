import { html, raw } from 'hono/html';
import type { Block, RichElement, RichPart, Style, TextObject } from '../slack/blocks.ts';
import type { Markup } from './shell.ts';

/** A message as Slack lays it out. Markup of Slack stays as it was written. */
export const shownBlocks = (blocks: readonly Block[]): Markup => html`${blocks.map(shown)}`;

function shown(block: Block): Markup {
  switch (block.type) {
    case 'header':
      return html`<h3>${block.text.text}</h3>`;
    case 'section':
      return html`${block.text && html`<p>${text(block.text)}</p>`}${block.fields && html`<div class="fields">${block.fields.map((one) => html`<p>${text(one)}</p>`)}</div>`}`;
    case 'context':
      return html`<p class="s m">${block.elements.map((one) => html`<span>${one.type === 'image' ? one.alt_text : text(one)}</span> `)}</p>`;
    case 'divider':
      return html`<hr>`;
    case 'rich_text':
      return html`${block.elements.map(richPart)}`;
    default:
      return block satisfies never;
  }
}

const text = ({ type, text: words }: TextObject): Markup => (type === 'plain_text' ? html`${words}` : html`<code>${words}</code>`);

function richPart(part: RichPart): Markup {
  switch (part.type) {
    case 'rich_text_section':
      return html`<p>${part.elements.map(styled)}</p>`;
    case 'rich_text_quote':
      return html`<blockquote>${part.elements.map(styled)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${part.elements.map(styled)}</pre>`;
    case 'rich_text_list': {
      const items = part.elements.map(({ elements }) => html`<li>${elements.map(styled)}</li>`);
      return part.style === 'ordered' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    default:
      return part satisfies never;
  }
}

const tags = { bold: 'b', italic: 'i', strike: 's', code: 'code', underline: 'u' } as const;

const styled = (element: RichElement): Markup =>
  Object.entries(tags).reduce<Markup>(
    (inner, [name, tag]) => (isSet(element.style, name) ? html`${raw(`<${tag}>`)}${inner}${raw(`</${tag}>`)}` : inner),
    plain(element),
  );

const isSet = (style: Style | undefined, name: string) =>
  Object.entries(style ?? {}).some(([one, value]) => one === name && value === true);

function plain(element: RichElement): Markup {
  switch (element.type) {
    case 'text':
      return html`${element.text}`;
    case 'link':
      return html`<a href="${element.url}" rel="noreferrer">${element.text ?? element.url}</a>`;
    case 'emoji':
      return html`:${element.name}:`;
    case 'user':
      return html`<mark>@${element.user_id}</mark>`;
    case 'usergroup':
      return html`<mark>@${element.usergroup_id}</mark>`;
    case 'channel':
      return html`<mark>#${element.channel_id}</mark>`;
    case 'broadcast':
      return html`<mark>@${element.range}</mark>`;
    default:
      return element satisfies never;
  }
}
