/**
 * A message that only the person sees who asked. Its words are those of strangers too, so they
 * stand where Slack reads no markup.
 */
export const ownMessage = (lines: readonly string[]) => ({
  response_type: 'ephemeral',
  replace_original: false,
  // Read out by screen readers and shown in notifications, where markup would count.
  text: 'Afterword answers you.',
  blocks: lines.map((text) => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } })),
});
