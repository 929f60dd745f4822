/**
 * Control characters that would end a header or a line, or that mark placeholders in a fragment.
 * Tab is not one of them.
 */
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/;
const controlsBesidesLines = /[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f]/g;
/**
 * Bidirectional overrides and isolates, zero-width, filling and tag characters. They are invisible,
 * or change the order in which text is displayed.
 */
const unseen =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/**
 * Joiners belong between letters of some scripts and inside emoji. Anywhere else they only hide
 * something.
 */
const strayJoiner = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]|[[\p{L}\p{M}]--\p{ASCII}])[\u200c\u200d]/gv;
const lineBreaks = /\r\n?|[\u0085\u2028\u2029]/g;

/** Whether a one-line text contains a line break or another control character. */
export const hasControls = (line: string): boolean => controls.test(line);

/** The same text without invisible characters. Emoji and joined scripts stay whole. */
export const withoutUnseen = (text: string): string => text.replace(unseen, '').replace(strayJoiner, '');

/**
 * Text of several lines, separated by `\n`, without other control characters and without invisible
 * ones. Tabs stay.
 */
export const cleanText = (text: string): string => withoutUnseen(text.replace(lineBreaks, '\n').replace(controlsBesidesLines, ''));
