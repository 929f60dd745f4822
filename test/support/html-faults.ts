import { HtmlValidate } from 'html-validate';

/**
 * Mail is written for programs of twenty years: tables with attributes, inline styles, no
 * stylesheet to rely on.
 */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    'no-deprecated-attr': 'off',
    'no-inline-style': 'off',
    'attribute-boolean-style': 'off',
    'attr-case': 'off',
    'doctype-style': 'off',
    'void-style': 'off',
    'presentation-role-style': 'off',
    'prefer-native-element': 'off',
    'no-conditional-comment': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
  },
});

/** What is wrong with a mail's HTML: rule, words and place. */
export async function faultsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`));
}
