import type { PostContent } from '../../core/content/post-content.ts';
import { canonicalHash } from '../../core/shared/canonical-hash.ts';

/**
 * Blocks of Slack as far as posts use them. Texts stand in `plain_text` and `rich_text` alone,
 * where Slack reads no markup: in its `mrkdwn`, `<!channel>` would ring everybody.
 */
export type SlackBlock = { readonly block_id?: string } & (
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'context'; readonly elements: readonly PlainText[] }
  | { readonly type: 'rich_text'; readonly elements: readonly RichText[] }
);
interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  /** False: `:fire:` stays as written. */
  readonly emoji: false;
}
type RichText =
  | { readonly type: 'rich_text_section' | 'rich_text_quote'; readonly elements: readonly RichTextPiece[] }
  | { readonly type: 'rich_text_list'; readonly style: 'bullet'; readonly elements: readonly RichText[] };
type RichTextPiece =
  | { readonly type: 'text'; readonly text: string; readonly style?: { readonly bold?: true; readonly strike?: true } }
  | { readonly type: 'link'; readonly url: string; readonly text: string };

/** What `chat.postMessage` and `chat.update` are given of a post. */
export interface SlackMessageBody {
  /** For notifications and screen readers. Slack reads markup in it, so it is escaped. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** Any app of the workspace can read it. */
  readonly metadata: { readonly event_type: typeof eventType; readonly event_payload: { readonly key: string } };
}
const eventType = 'afterword_post';

/**
 * A post as Slack takes it. `key` stands in the metadata and begins the id of the first block, so
 * that the message is found again. Each view has a block of rich text, because Slack does not
 * replace rich text by a message without any (`block_mismatch`).
 */
export function messageBody(key: string, content: PostContent): SlackMessageBody {
  const [first, ...others] = blocksOf(content);
  // Slack asks for another id with each edit.
  const marked = first && { block_id: `${key}.${canonicalHash(content).slice(0, 12)}`, ...first };
  return {
    text: escaped(content.notification),
    blocks: marked ? [marked, ...others] : [],
    metadata: { event_type: eventType, event_payload: { key } },
  };
}

/** Whether a message of a channel's history has this key. */
export const hasKey = ({ metadata, blocks }: Marked, key: string): boolean =>
  metadata?.event_payload?.key === key || blocks?.some(({ block_id }) => block_id?.startsWith(`${key}.`)) === true;
interface Marked {
  readonly metadata?: { readonly event_payload?: { readonly key?: unknown } | undefined } | undefined;
  readonly blocks?: readonly { readonly block_id?: string | undefined }[] | undefined;
}

function blocksOf({ view, banner, title, meta, parts, link, note }: PostContent): SlackBlock[] {
  if (view !== 'full')
    return [
      rich([
        ...(title ? [section({ type: 'text', text: title, style: { bold: true, strike: true } })] : []),
        section(words(note ?? 'What stood here was withdrawn.')),
      ]),
    ];
  return [
    ...(banner ? [rich([{ type: 'rich_text_quote', elements: [bold(banner)] }])] : []),
    ...(title ? [{ type: 'header', text: plain(title) } as const] : []),
    ...(meta ? [{ type: 'context', elements: [plain(meta)] } as const] : []),
    ...parts.map(({ label, texts }) => rich([section(bold(label)), ...said(texts)])),
    ...(link ? [rich([section({ type: 'link', url: link.url, text: link.words })])] : []),
  ];
}

const said = (texts: readonly string[]): RichText[] =>
  texts.length > 1
    ? [{ type: 'rich_text_list', style: 'bullet', elements: texts.map((text) => section(words(text))) }]
    : texts.map((text) => section(words(text)));

const rich = (elements: readonly RichText[]): SlackBlock => ({ type: 'rich_text', elements });
const section = (piece: RichTextPiece): RichText => ({ type: 'rich_text_section', elements: [piece] });
const words = (text: string): RichTextPiece => ({ type: 'text', text });
const bold = (text: string): RichTextPiece => ({ type: 'text', text, style: { bold: true } });
const plain = (text: string): PlainText => ({ type: 'plain_text', text, emoji: false });

/** docs.slack.dev/messaging/formatting-message-text: these three, and no others. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
