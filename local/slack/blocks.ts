import * as z from 'zod';

/** The blocks that Slack shows in a message, with their limits (docs.slack.dev, Block Kit). */

const atMost = (most: number) => `must be less than ${most + 1} characters`;
const someText = (most: number) => z.string().min(1, 'must be more than 0 characters').max(most, atMost(most));
const block = { block_id: z.string().min(1, 'must be more than 0 characters').max(255, atMost(255)).optional() };

const plainText = (most: number) => z.strictObject({ type: z.literal('plain_text'), text: someText(most), emoji: z.boolean().optional() });
const mrkdwn = (most: number) => z.strictObject({ type: z.literal('mrkdwn'), text: someText(most), verbatim: z.boolean().optional() });
const textObject = (most: number) => z.discriminatedUnion('type', [plainText(most), mrkdwn(most)]);
export type TextObject = z.infer<ReturnType<typeof textObject>>;

const Style = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
  underline: z.boolean().optional(),
});
export type Style = z.infer<typeof Style>;
const style = { style: Style.optional() };
/** Bounded by the length of the whole message alone. */
const richText = z.string().min(1, 'must be more than 0 characters');
const url = z.url({ protocol: /^(https?|mailto)$/, error: 'must be a valid URL' }).max(3000, atMost(3000));

const RichElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: richText, ...style }),
  z.strictObject({ type: z.literal('link'), url, text: z.string().optional(), unsafe: z.boolean().optional(), ...style }),
  z.strictObject({ type: z.literal('emoji'), name: someText(100), unicode: z.string().optional(), ...style }),
  z.strictObject({ type: z.literal('user'), user_id: z.string(), ...style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string(), ...style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string(), ...style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), ...style }),
]);
export type RichElement = z.infer<typeof RichElement>;

const RichSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(RichElement) });
const RichPart = z.discriminatedUnion('type', [
  RichSection,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(RichElement), border: z.int().optional() }),
  z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(RichElement), border: z.int().optional() }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(RichSection),
    indent: z.int().min(0).max(8).optional(),
    offset: z.int().min(0).optional(),
    border: z.int().optional(),
  }),
]);
export type RichPart = z.infer<typeof RichPart>;

const Image = z.strictObject({ type: z.literal('image'), image_url: url, alt_text: someText(2000) });

const Block = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ ...block, type: z.literal('header'), text: plainText(150) }),
    z
      .strictObject({
        ...block,
        type: z.literal('section'),
        text: textObject(3000).optional(),
        fields: z.array(textObject(2000)).min(1, 'no fewer than 1 items allowed').max(10, 'no more than 10 items allowed').optional(),
        expand: z.boolean().optional(),
      })
      .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'must define either `text` or `fields`'),
    z.strictObject({
      ...block,
      type: z.literal('context'),
      elements: z
        .array(z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000), Image]))
        .min(1, 'no fewer than 1 items allowed')
        .max(10, 'no more than 10 items allowed'),
    }),
    z.strictObject({ ...block, type: z.literal('divider') }),
    z.strictObject({ ...block, type: z.literal('rich_text'), elements: z.array(RichPart) }),
  ],
  { error: ({ input }) => `unsupported type: ${JSON.stringify(z.object({ type: z.string() }).safeParse(input).data?.type)}` },
);
export type Block = z.infer<typeof Block>;

export const Blocks = z.array(Block).max(50, 'no more than 50 items allowed').readonly();

/** Of all blocks together, as it was met in practice (slackapi/bolt-js #2509). */
const longestMessage = 13_200;

export type BlocksRefused = {
  readonly error: 'invalid_blocks_format' | 'invalid_blocks' | 'msg_blocks_too_long';
  readonly errors?: string[];
};

/** The blocks of a message, each with an id, or the refusal. `json`: the argument as it came. */
export function readBlocks(json: string, idOf: (place: number) => string): Block[] | BlocksRefused {
  const given = parsed(json);
  if (!Array.isArray(given)) return { error: 'invalid_blocks_format' };
  const read = Blocks.safeParse(given);
  if (!read.success) return { error: 'invalid_blocks', errors: read.error.issues.map(toldOf) };
  const ids = read.data.flatMap((one) => one.block_id ?? []);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) return { error: 'invalid_blocks', errors: [`block_id already exists: ${twice} [json-pointer:/blocks]`] };
  if (textsOf(read.data).join('').length > longestMessage) return { error: 'msg_blocks_too_long' };
  return read.data.map((one, place) => ({ ...one, block_id: one.block_id ?? idOf(place) }));
}

const toldOf = ({ message, path }: z.core.$ZodIssue) =>
  `${message} [json-pointer:/blocks${path.map((step) => `/${String(step)}`).join('')}]`;

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Every text and address in some blocks. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string') return ['text', 'url', 'alt_text', 'image_url'].includes(name) ? [inner] : [];
    return textsOf(inner);
  });
}
