import mjml2html from 'mjml';
import { placeholders } from '../core/mail/fragments.ts';

/**
 * Compiles MJML to HTML and leaves its `%%names%%` in place. Throws with MJML's own message if the
 * source is wrong. Runs when code is built, never in a function.
 */
export async function compileFrame(source: string): Promise<string> {
  const { html, errors } = await mjml2html(source, { validationLevel: 'soft', keepComments: false, minify: false, fonts: {} });
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const compact = html
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/> (?=<)/g, '>');
  return compact.replace(/<body[^>]*>/, (body) => body + placeholders.tracker);
}
